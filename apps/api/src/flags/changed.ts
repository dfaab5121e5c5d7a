import type { z } from "zod";
import type { Services } from "../context.ts";
import type { Changed } from "./schema.ts";
import type { Committed } from "./wire.ts";

type Message = z.infer<typeof Changed>;

type Sources = {
  manager: Pick<Services["manager"], "stored" | "subscribe">;
  flags: Pick<Services["flags"], "subscribe">;
};

// Whoever reads that slowly asks for everything anyway.
const mostTold = 100;

/**
 * The version in force, then what has changed since, as fast as its reader takes it, until `signal` is aborted. A
 * message without changes: the environment says something else, or much was missed at once.
 */
export async function* changed({ manager, flags }: Sources, signal: AbortSignal): AsyncGenerator<Message> {
  let changes: Message["changes"] = [];
  let isNews = true;
  let wake = () => {};
  const woken = () => {
    isNews = true;
    wake();
  };
  const leave = [
    flags.subscribe(woken),
    manager.subscribe((committed) => {
      changes = [...changes, brief(committed)].slice(-mostTold);
      woken();
    }),
  ];
  signal.addEventListener("abort", woken, { once: true });
  try {
    while (!signal.aborted) {
      if (isNews) {
        const message = { version: manager.stored().version, changes };
        [isNews, changes] = [false, []];
        yield message;
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    for (const unsubscribe of leave) unsubscribe();
    signal.removeEventListener("abort", woken);
  }
}

function brief({ version, at, author, origin, comment, edits }: Committed): Message["changes"][number] {
  return { version, at, author, origin, comment, edits: edits.map(({ kind, key }) => ({ kind, key })) };
}
