import { instantOf, isoIn } from "@beq/scheduler/contract";
import { Pin, PinOff } from "lucide-react";
import { useState } from "react";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Typed } from "../ui/typed.tsx";
import type { Entry } from "./entries.ts";
import { heldOf } from "./held.ts";
import { judge } from "./judge.ts";
import { put, toggle } from "./put.ts";
import type { World } from "./world.ts";

type Props = { entry: Entry; world: () => World };

/** Moving and pinning a block without dragging it. */
export function Tools({ entry, world }: Props) {
  const { words, now } = world();
  const isPinned = entry.planned?.pinned === true;
  const start = isoIn(words.zone, entry.start).slice(0, 16);
  const [problem, setProblem] = useState<string>();
  const move = (typed: string) => {
    const held = heldOf(world(), entry.id);
    if (!held || typed === "") return;
    const at = instantOf(typed, words.zone);
    const stay = { start: at, end: at + entry.end - entry.start };
    const { note, refused } = judge(world(), held, stay, "move");
    setProblem(refused ? note : undefined);
    if (!refused) put(world(), held, stay, "move", "toast");
  };
  return (
    <div className="mt-2 flex flex-col gap-2 border-t border-line pt-2">
      <div className="flex items-end gap-2">
        <Typed
          type="datetime-local"
          label="Starts"
          className="min-w-0 flex-1"
          min={isoIn(words.zone, now).slice(0, 16)}
          step={300}
          problem={problem}
          value={start}
          onDone={move}
        />
        <Button onClick={() => toggle(world(), entry)}>
          {isPinned ? <PinOff aria-hidden className="size-3.5" /> : <Pin aria-hidden className="size-3.5" />}
          {isPinned ? "Unpin" : "Pin here"}
        </Button>
      </div>
      <p className="text-xs text-faint max-lg:hidden">
        On the block: <Keys keys="alt" /> arrows move it, <Keys keys="shift" /> ↑ ↓ change its length, <Keys keys="p" />{" "}
        pins it.
      </p>
    </div>
  );
}
