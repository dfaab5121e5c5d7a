import { describeServe, type Flag } from "@beq/flags";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "../../ui/button.tsx";
import { addRule, changeRule, dropRule, freeRuleId, moveRule } from "../draft/change.ts";
import { whenThere } from "../there.ts";
import { RuleCard } from "./rule.tsx";
import { ServeEditor } from "./serve.tsx";

type Props = { flag: Flag; change: (next: Flag) => void; disabled: boolean };

/** The rules in the order in which they are asked, and what everybody else gets. */
export function Rules({ flag, change, disabled }: Props) {
  const [open, setOpen] = useState<string | null>(null);
  const [said, setSaid] = useState("");
  const [dragged, setDragged] = useState<number | null>(null);
  const move = (from: number, to: number) => {
    if (to < 0 || to >= flag.rules.length || disabled) return;
    setSaid(`${flag.rules[from]?.id} is now rule ${to + 1} of ${flag.rules.length}`);
    change(moveRule(flag, from, to));
  };
  const add = () => {
    const id = freeRuleId(flag);
    change(addRule(flag, id));
    setOpen(id);
    whenThere(`[data-rule="${CSS.escape(id)}"] input[aria-label=Attribute]`, (field) => field.focus());
  };
  return (
    <div className="flex flex-col gap-2">
      <ol aria-label="Rules" className="flex flex-col gap-2">
        {flag.rules.map((rule, index) => (
          <RuleCard
            key={rule.id}
            flag={flag}
            rule={rule}
            index={index}
            disabled={disabled}
            isOpen={open === rule.id}
            toggle={() => setOpen(open === rule.id ? null : rule.id)}
            change={(patch) => {
              if (patch.id !== undefined) setOpen(patch.id);
              change(changeRule(flag, index, patch));
            }}
            remove={() => change(dropRule(flag, index))}
            move={(by) => move(index, index + by)}
            drag={{
              isDragged: dragged === index,
              begin: () => setDragged(index),
              end: () => setDragged(null),
              dropped: () => {
                if (dragged !== null && dragged !== index) move(dragged, index);
                setDragged(null);
              },
            }}
          />
        ))}
      </ol>
      <output className="sr-only">{said}</output>
      {!disabled && (
        <div>
          <Button size="small" data-add-rule onClick={add}>
            <Plus aria-hidden className="size-3.5" />
            Add a rule
          </Button>
        </div>
      )}
      <section aria-label="Everybody else" className="rounded-lg border border-line bg-surface p-3">
        <h3 className="mb-1.5 text-sm font-medium">{flag.rules.length === 0 ? "Everybody" : "Everybody else"}</h3>
        {disabled ? (
          <p className="text-sm">{describeServe(flag.otherwise)}</p>
        ) : (
          <ServeEditor
            label="What everybody else is served"
            flag={flag}
            serve={flag.otherwise}
            path={["otherwise"]}
            onChange={(otherwise) => change({ ...flag, otherwise })}
          />
        )}
      </section>
    </div>
  );
}
