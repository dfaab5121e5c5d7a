import { describeCondition, describeServe, type Flag, type Rule } from "@beq/flags";
import { ChevronDown, ChevronRight, ChevronUp, GripVertical, Trash2 } from "lucide-react";
import { Typed } from "../../planner/typed.tsx";
import { useKeys } from "../../shell/keys.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { problemAt, problemsIn, useAround } from "../condition/around.ts";
import { ConditionEditor } from "../condition/editor.tsx";
import { useDrop } from "./drop.ts";
import { ServeEditor } from "./serve.tsx";

export type Drag = { isDragged: boolean; begin: () => void; end: () => void; dropped: () => void };

type Props = {
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
export function RuleCard(props: Props) {
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
      <Head {...props} />
      {isOpen && !disabled && <Body {...props} />}
      <span className="sr-only">rule {index + 1}</span>
    </li>
  );
}

const dragType = "application/x-beq-rule";

function Head({ flag, rule, index, isOpen, toggle, disabled, remove, move, drag }: Props) {
  const { problems } = useAround();
  const count = problemsIn(problems, ["rules", index]);
  return (
    <div className="flex items-start gap-1 p-1.5">
      {!disabled && (
        <span
          draggable
          title="Drag to move; or Alt and ↑ or ↓"
          onDragStart={(event) => {
            event.dataTransfer.setData(dragType, rule.id);
            event.dataTransfer.effectAllowed = "move";
            drag.begin();
          }}
          onDragEnd={drag.end}
          className="mt-1 grid size-6 shrink-0 cursor-grab place-items-center text-faint max-sm:hidden"
        >
          <GripVertical aria-hidden className="size-4" />
        </span>
      )}
      <button
        type="button"
        aria-expanded={disabled ? undefined : isOpen}
        data-rule-head
        onClick={toggle}
        className="flex min-w-0 flex-1 items-start gap-2 rounded-md px-1.5 py-1 text-left text-sm hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          className={`mt-0.75 size-3.5 shrink-0 text-faint transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <span className="min-w-0">
          <span className="mr-1.5 text-muted">{index + 1}.</span>
          <span className="break-words">{describeCondition(rule.when)}</span> <span className="text-muted">→</span>{" "}
          <span className="font-medium break-words">{describeServe(rule.serve)}</span>
          <span className="block text-xs text-faint">
            {rule.description ? `${rule.description} · ` : ""}
            {rule.id}
            {count > 0 && <span className="ml-1.5 text-danger">{count === 1 ? "1 problem" : `${count} problems`}</span>}
          </span>
        </span>
      </button>
      {!disabled && (
        <span className="flex shrink-0">
          <Button
            kind="quiet"
            size="icon"
            className="size-7"
            aria-label={`Move ${rule.id} up`}
            title="Move up (Alt+↑)"
            disabled={index === 0}
            onClick={() => move(-1)}
          >
            <ChevronUp aria-hidden className="size-4" />
          </Button>
          <Button
            kind="quiet"
            size="icon"
            className="size-7"
            aria-label={`Move ${rule.id} down`}
            title="Move down (Alt+↓)"
            disabled={index === flag.rules.length - 1}
            onClick={() => move(1)}
          >
            <ChevronDown aria-hidden className="size-4" />
          </Button>
          <Button kind="quiet" size="icon" className="size-7" aria-label={`Remove ${rule.id}`} onClick={remove}>
            <Trash2 aria-hidden className="size-3.5" />
          </Button>
        </span>
      )}
    </div>
  );
}

function Body({ flag, rule, index, change }: Props) {
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
