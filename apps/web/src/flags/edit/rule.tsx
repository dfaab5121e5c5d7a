import type { Flag, Rule } from "@beq/flags";
import { Typed } from "../../ui/typed.tsx";
import { useKeys } from "../../shell/keys.ts";
import { TextField } from "../../ui/field.tsx";
import { problemAt, useAround } from "../condition/around.ts";
import { ConditionEditor } from "../condition/editor.tsx";
import { useDrop } from "./drop.ts";
import { dragType, Sentence } from "./sentence.tsx";
import { ServeEditor } from "./serve.tsx";

export type Drag = { isDragged: boolean; begin: () => void; end: () => void; dropped: () => void };

export type RuleProps = {
  flag: Flag;
  rule: Rule;
  index: number;
  disabled: boolean;
  isOpen: boolean;
  toggle: () => void;
  change: (patch: Partial<Rule>) => void;
  remove: () => void;
  move: (by: 1 | -1) => void;
  drag: Drag;
};

/** A rule as a sentence; opened, its parts are edited in place. Alt and an arrow moves it, so does dragging. */
export function RuleCard(props: RuleProps) {
  const { rule, index, isOpen, disabled, drag, move } = props;
  const card = useKeys<HTMLLIElement>((event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!event.altKey || (by !== 1 && by !== -1)) return;
    event.preventDefault();
    move(by);
    // It moves in the page under the focus, which some browsers then lose.
    const { activeElement } = document;
    requestAnimationFrame(() => activeElement instanceof HTMLElement && activeElement.focus());
  });
  const isOver = useDrop(card, dragType, drag.dropped);
  return (
    <li
      ref={card}
      data-rule={rule.id}
      className={`rounded-lg border bg-surface ${isOver ? "border-accent" : "border-line"} ${drag.isDragged ? "opacity-50" : ""}`}
    >
      <Sentence {...props} />
      {isOpen && !disabled && <Body {...props} />}
      <span className="sr-only">rule {index + 1}</span>
    </li>
  );
}

function Body({ flag, rule, index, change }: RuleProps) {
  const { problems } = useAround();
  const describe = (text: string) => change({ description: text === "" ? undefined : text });
  return (
    <div className="flex flex-col gap-3 border-t border-line p-3">
      <ConditionEditor condition={rule.when} path={["rules", index, "when"]} onChange={(when) => change({ when })} />
      <ServeEditor
        label={`What ${rule.id} serves`}
        flag={flag}
        serve={rule.serve}
        path={["rules", index, "serve"]}
        onChange={(serve) => change({ serve })}
      />
      <div className="grid gap-3 sm:grid-cols-[12rem_1fr]">
        <Typed
          label="Name"
          value={rule.id}
          problem={problemAt(problems, ["rules", index, "id"])}
          onDone={(id) => change({ id: id.trim() || rule.id })}
        />
        <TextField
          label="Why this rule"
          value={rule.description ?? ""}
          onChange={({ target }) => describe(target.value)}
        />
      </div>
    </div>
  );
}
