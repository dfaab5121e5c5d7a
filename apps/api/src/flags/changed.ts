import type { z } from "zod";
import type { Manager } from "./manager.ts";
import type { Changed } from "./schema.ts";
import type { Committed } from "./wire.ts";

type Message = z.infer<typeof Changed>;

// Whoever reads that slowly asks for everything anyway.
const mostTold = 100;

/** The version in force, then what has changed since, as fast as its reader takes it, until `signal` is aborted. */
export async function* changed(
  manager: Pick<Manager, "stored" | "subscribe">,
  signal: AbortSignal,
): AsyncGenerator<Message> {
  let changes: Message["changes"] = [];
  let wake = () => {};
  const unsubscribe = manager.subscribe((committed) => {
    changes = [...changes, brief(committed)].slice(-mostTold);
    wake();
  });
  const woken = () => wake();
  signal.addEventListener("abort", woken, { once: true });
  try {
    yield { version: manager.stored().version, changes: [] };
    while (!signal.aborted) {
      if (changes.length > 0) {
        const told = changes;
        changes = [];
        yield { version: told.at(-1)?.version ?? 0, changes: told };
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", woken);
  }
}

function brief({ version, at, author, origin, comment, edits }: Committed): Message["changes"][number] {
  return { version, at, author, origin, comment, edits: edits.map(({ kind, key }) => ({ kind, key })) };
}
