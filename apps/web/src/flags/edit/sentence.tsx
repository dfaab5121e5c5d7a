import { describeCondition, describeServe } from "@beq/flags";
import { ChevronDown, ChevronRight, ChevronUp, GripVertical, Trash2 } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { problemsIn, useAround } from "../condition/around.ts";
import type { RuleProps } from "./rule.tsx";

/** What a dragged rule is to whatever it is dragged over. */
export const dragType = "application/x-beq-rule";

/** The rule as a sentence, and what is done to it as a whole. */
export function Sentence({ flag, rule, index, isOpen, toggle, disabled, remove, move, drag }: RuleProps) {
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
