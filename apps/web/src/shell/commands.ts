/** Something the person can do now, by palette or by keys (`mod+k`, or in sequence `g p`). */
export type Command = { id: string; title: string; section: string; keys?: string; run: () => void };

type Source = () => readonly Command[];

/** Every command of the parts that are on the screen. Sources are asked when the palette opens or a key is pressed. */
export function createCommands() {
  const sources = new Set<Source>();
  const list = () => [...sources].flatMap((source) => source());
  return {
    list,
    register(source: Source) {
      sources.add(source);
      return () => void sources.delete(source);
    },
  };
}
export type Commands = ReturnType<typeof createCommands>;

export type Stroke = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const sequenceMilliseconds = 900;

/**
 * Turns key strokes into commands.
 * @returns a function of a stroke, the time in milliseconds and whether plain letters count now (they do not while
 *   somebody types); it gives the command meant, if any
 */
export function createMatcher(commands: Pick<Commands, "list">) {
  let before = { key: "", at: -Infinity };
  return (stroke: Stroke, now: number, letters: boolean): Command | undefined => {
    const key = strokeName(stroke);
    if (!key || (!letters && !key.startsWith("mod+"))) return undefined;

    const prefix = now - before.at < sequenceMilliseconds ? `${before.key} ` : "";
    const all = commands.list();
    const found = (prefix && all.find(({ keys }) => keys === prefix + key)) || all.find(({ keys }) => keys === key);
    before = found ? { key: "", at: -Infinity } : { key, at: now };
    return found;
  };
}

function strokeName({ key, ctrlKey, metaKey, altKey, shiftKey }: Stroke): string | undefined {
  if (altKey || ["Shift", "Control", "Meta", "Alt"].includes(key)) return undefined;
  const named = key.toLowerCase();
  const shift = shiftKey && /^[a-z]/.test(named) ? "shift+" : "";
  return `${ctrlKey || metaKey ? "mod+" : ""}${shift}${named}`;
}
