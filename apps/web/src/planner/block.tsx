import { CalendarDays, Coffee, Pin, Utensils } from "lucide-react";
import { lazy, memo, Suspense } from "react";
import { Popover } from "../ui/popover.tsx";
import { Priority } from "../ui/priority.tsx";
import { isAlike } from "./alike.ts";
import { Details } from "./details.tsx";
import type { Entry } from "./entries.ts";
import { isMoveable } from "./held.ts";
import { TaskRisk } from "./risk.tsx";
import type { Words } from "./words.ts";
import type { World } from "./world.ts";

const Tools = lazy(async () => ({ default: (await import("./tools.tsx")).Tools }));

// Kinds differ by fill, edge and sign, not by colour alone.
const looks = {
  task: "border-l-[3px] border-accent bg-accent-soft text-accent-ink",
  event: "border-l-[3px] border-double border-faint bg-busy text-busy-ink",
  lunch: "border border-dashed border-edge bg-surface text-muted",
  break: "hatched bg-surface border border-line text-muted",
  free: "border border-dashed border-edge bg-surface text-muted",
};
const names = { task: "Task", event: "Meeting", lunch: "Lunch", break: "Break" };

type Props = {
  entry: Entry;
  pixels: number;
  words: Words;
  now: number;
  edit: (taskId: string) => void;
  world: () => World;
};

// A target smaller than this is hard to hit.
const leastTarget = 24;

/** One block of the calendar; pressing it tells why it is there. A task's can be dragged, and stretched at its lower edge. */
export const Block = memo(function Block({ entry, pixels, words, now, edit, world }: Props) {
  const past = entry.end <= now ? "opacity-60" : "";
  const look = `${looks[entry.free ? "free" : entry.kind]} ${past}`;
  const face = <Face entry={entry} words={words} pixels={pixels} look={look} />;
  // Short breaks and meetings would be targets that nobody hits; all there is to say of them stands in their text.
  if (pixels < leastTarget && entry.kind !== "task")
    return (
      <div className="absolute inset-x-0.5 top-px" title={entry.planned?.reason}>
        {face}
      </div>
    );

  const moves = isMoveable(entry, now);
  return (
    <Popover
      beside
      label={entry.title}
      renderTrigger={(opener) => (
        <button
          type="button"
          data-block
          {...(moves && { "data-grab": entry.id, "aria-keyshortcuts": shortcuts })}
          style={{ height: Math.max(pixels - 1, leastTarget) }}
          className={`absolute inset-x-0.5 top-px flex items-start rounded-sm text-left select-none focus-visible:z-10 data-held:opacity-40 data-[open=true]:ring-2 data-[open=true]:ring-accent ${moves ? "group cursor-grab" : ""}`}
          {...opener}
        >
          {face}
          {moves && pixels >= leastTarget && <Edge />}
        </button>
      )}
    >
      <Details entry={entry} words={words} edit={edit} />
      {moves && (
        <Suspense>
          <Tools entry={entry} world={world} />
        </Suspense>
      )}
    </Popover>
  );
}, isSame);

/** Every change of the plan makes its entries anew; most of them say what they said. */
function isSame({ entry, ...rest }: Props, { entry: next, ...others }: Props): boolean {
  return isAlike(entry, next) && isAlike(rest, others);
}

const shortcuts = "Alt+ArrowUp Alt+ArrowDown Alt+ArrowLeft Alt+ArrowRight Shift+ArrowUp Shift+ArrowDown P";

/** Where a block is stretched. */
function Edge() {
  return (
    <span aria-hidden data-edge className="absolute inset-x-0 bottom-0 h-2 cursor-ns-resize pointer-coarse:h-3">
      <span className="absolute bottom-0.5 left-1/2 h-0.5 w-5 -translate-x-1/2 rounded-full bg-current opacity-0 group-hover:opacity-60 group-focus-visible:opacity-60" />
    </span>
  );
}

// As many lines of the title as fit above the time.
const clamps = ["line-clamp-2", "line-clamp-3", "line-clamp-4"];

function Face({ entry, words, pixels, look }: { entry: Entry; words: Words; pixels: number; look: string }) {
  const lines = Math.floor((pixels - 8) / 15) - 1;
  const size = pixels < 20 ? "text-[0.625rem] leading-[0.75rem]" : "py-0.5 text-2xs";
  return (
    <div
      style={{ height: pixels - 2 }}
      className={`flex w-full flex-col overflow-hidden rounded-sm px-1 ${size} ${look}`}
    >
      <span className="flex w-full gap-1 font-medium">
        <span className="sr-only">{names[entry.kind]}: </span>
        <span aria-hidden className="flex h-[1lh] shrink-0 items-center empty:hidden">
          <Sign entry={entry} />
        </span>
        <span className={`min-w-0 flex-1 ${lines > 1 ? clamps[Math.min(lines, 4) - 2] : "truncate"}`}>
          {entry.title}
        </span>
        {typeof entry.planned?.p_on_time === "number" && <TaskRisk p={entry.planned.p_on_time} />}
        {entry.planned?.pinned && (
          <>
            <Pin aria-hidden className="mt-0.5 size-2.5 shrink-0 fill-current" />
            <span className="sr-only">, pinned</span>
          </>
        )}
      </span>
      <span className="sr-only">, {words.day(entry.start)}, </span>
      <span className={lines > 0 ? "w-full truncate" : "sr-only"}>
        {`${words.clock(entry.start)}–${words.clock(entry.end)}`}
      </span>
    </div>
  );
}

function Sign({ entry }: { entry: Entry }) {
  const look = "size-2.5 shrink-0";
  switch (entry.kind) {
    case "task":
      return entry.planned?.priority === "high" || entry.planned?.priority === "urgent" ? (
        <Priority level={entry.planned.priority} />
      ) : null;
    case "event":
      return <CalendarDays aria-hidden className={look} />;
    case "lunch":
      return <Utensils aria-hidden className={look} />;
    case "break":
      return <Coffee aria-hidden className={look} />;
  }
}

/** An entry that lasts whole days, above the hours. */
export function Chip({ entry, words, edit }: { entry: Entry; words: Words; edit: (taskId: string) => void }) {
  return (
    <Popover
      label={entry.title}
      renderTrigger={(opener) => (
        <button
          type="button"
          {...opener}
          aria-label={`All day${entry.free ? "" : ", busy"}: ${entry.title}`}
          className={`w-full truncate rounded-sm px-1 text-left text-2xs data-[open=true]:ring-2 data-[open=true]:ring-accent ${looks[entry.free ? "free" : "event"]}`}
        >
          {entry.title}
        </button>
      )}
    >
      <Details entry={entry} words={words} edit={edit} />
    </Popover>
  );
}
