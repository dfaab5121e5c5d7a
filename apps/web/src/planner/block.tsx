import { CalendarDays, Coffee, Pin, Utensils } from "lucide-react";
import type { Piece } from "../calendar/arrange.ts";
import { Popover } from "../ui/popover.tsx";
import { Priority } from "../ui/priority.tsx";
import { Details } from "./details.tsx";
import type { Entry } from "./entries.ts";
import type { Words } from "./words.ts";

// Kinds differ by fill, edge and sign, not by colour alone.
const looks = {
  task: "border-l-[3px] border-accent bg-accent-soft text-accent-ink",
  event: "border-l-[3px] border-double border-faint bg-busy text-busy-ink",
  lunch: "border border-dashed border-edge bg-surface text-muted",
  break: "hatched bg-surface border border-line text-muted",
  free: "border border-dashed border-edge bg-surface text-muted",
};
const names = { task: "Task", event: "Meeting", lunch: "Lunch", break: "Break" };

type Props = { piece: Piece<Entry>; pixels: number; words: Words; now: number; edit: (taskId: string) => void };

// A target smaller than this is hard to hit.
const leastTarget = 24;

/** One block of the calendar; pressing it tells why it is there. */
export function Block({ piece, pixels, words, now, edit }: Props) {
  const { span: entry } = piece;
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

  return (
    <Popover
      beside
      label={entry.title}
      renderTrigger={(opener) => (
        <button
          type="button"
          data-block
          style={{ height: Math.max(pixels - 1, leastTarget) }}
          className="absolute inset-x-0.5 top-px flex items-start rounded-sm text-left focus-visible:z-10 data-[open=true]:ring-2 data-[open=true]:ring-accent"
          {...opener}
        >
          {face}
        </button>
      )}
    >
      <Details entry={entry} words={words} edit={edit} />
    </Popover>
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
        <span className={lines > 1 ? clamps[Math.min(lines, 4) - 2] : "truncate"}>{entry.title}</span>
        {entry.planned?.pinned && <Pin aria-hidden className="mt-0.5 size-2.5 shrink-0" />}
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
