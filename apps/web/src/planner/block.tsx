import { CalendarDays, Coffee, Pin, Utensils } from "lucide-react";
import type { Piece } from "../calendar/arrange.ts";
import { type Opener, Popover } from "../ui/popover.tsx";
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

/** One block of the calendar; pressing it tells why it is there. */
export function Block({ piece, pixels, words, now, edit }: Props) {
  const { span: entry } = piece;
  const past = entry.end <= now ? "opacity-60" : "";
  const look = `${looks[entry.free ? "free" : entry.kind]} ${past}`;
  return (
    <Popover
      beside
      label={entry.title}
      renderTrigger={(opener) => (
        <Face
          opener={opener}
          entry={entry}
          words={words}
          lines={Math.floor((pixels - 8) / 15) - 1}
          small={pixels < 20}
          look={look}
        />
      )}
    >
      <Details entry={entry} words={words} edit={edit} />
    </Popover>
  );
}

// As many lines of the title as fit above the time.
const clamps = ["line-clamp-2", "line-clamp-3", "line-clamp-4"];

type FaceProps = { opener: Opener; entry: Entry; words: Words; lines: number; small: boolean; look: string };

function Face({ opener, entry, words, lines, small, look }: FaceProps) {
  const size = small ? "text-[0.625rem] leading-[0.75rem] py-0" : "text-2xs py-0.5";
  return (
    <button
      type="button"
      data-block
      aria-label={`${names[entry.kind]}: ${entry.title}, ${words.range(entry.start, entry.end)}`}
      className={`absolute inset-x-0.5 top-px bottom-px flex flex-col overflow-hidden rounded-sm px-1 text-left focus-visible:z-10 data-[open=true]:ring-2 data-[open=true]:ring-accent ${size} ${look}`}
      {...opener}
    >
      <span className="flex w-full gap-1 font-medium">
        <span className="flex h-[1lh] shrink-0 items-center empty:hidden">
          <Sign entry={entry} />
        </span>
        <span className={lines > 1 ? clamps[Math.min(lines, 4) - 2] : "truncate"}>{entry.title}</span>
        {entry.planned?.pinned && <Pin aria-hidden className="mt-0.5 size-2.5 shrink-0" />}
      </span>
      {lines > 0 && <span className="w-full truncate">{`${words.clock(entry.start)}–${words.clock(entry.end)}`}</span>}
    </button>
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
