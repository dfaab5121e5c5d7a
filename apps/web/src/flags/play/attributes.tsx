import type { EvaluationContext } from "@beq/flags";
import { Plus } from "lucide-react";
import { useState } from "react";
import { own } from "../../lib/own.ts";
import { Typed } from "../../ui/typed.tsx";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/compact.tsx";
import { useAround } from "../condition/around.ts";
import { RemoveButton } from "../condition/remove.tsx";
import { scalarIn } from "../condition/scalar.ts";
import { attributeName, attributeNamed } from "../condition/tree.ts";

type Props = { context: EvaluationContext; onChange: (next: EvaluationContext) => void };

/** A context as a form: an attribute a line. Numbers and yes or no are taken as such; quotes make a text of them. */
export function Attributes({ context, onChange }: Props) {
  const { attributes } = useAround();
  const missing = attributes.filter((name) => !name.startsWith("/") && own(context, name) === undefined);
  return (
    <div className="flex flex-col gap-1.5">
      <ul className="flex flex-col gap-1.5">
        {Object.entries(context).map(([name, value]) => (
          <li key={name} className="flex items-end gap-1.5">
            <Typed
              label={attributeName(name)}
              className="flex-1"
              value={shown(value)}
              onDone={(typed) => onChange({ ...context, [name]: valueIn(typed, name) })}
            />
            <RemoveButton
              label={`Remove ${attributeName(name)}`}
              remove={() => onChange(Object.fromEntries(Object.entries(context).filter(([other]) => other !== name)))}
            />
          </li>
        ))}
      </ul>
      <Adding suggested={missing} add={(name) => onChange({ ...context, [name]: own(context, name) ?? "" })} />
    </div>
  );
}

function Adding({ suggested, add }: { suggested: readonly string[]; add: (name: string) => void }) {
  const [name, setName] = useState("");
  const done = () => {
    if (name.trim() !== "") add(attributeNamed(name));
    setName("");
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        done();
      }}
      className="flex flex-wrap items-center gap-1.5"
    >
      <Input
        aria-label="Another attribute"
        placeholder="another attribute"
        className="w-40"
        value={name}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" size="small">
        <Plus aria-hidden className="size-3.5" />
        Add
      </Button>
      {suggested.map((one) => (
        <Button key={one} kind="quiet" size="small" onClick={() => add(one)}>
          <Plus aria-hidden className="size-3" />
          {attributeName(one)}
        </Button>
      ))}
    </form>
  );
}

function shown(value: unknown): string {
  if (typeof value !== "string") return JSON.stringify(value) ?? "";
  return value === valueIn(value, "") ? value : JSON.stringify(value);
}

/** `18` is a number, `"18"` a text, `true` a yes, `["a", "b"]` a list; all else is the text that it is. */
function valueIn(typed: string, name: string): unknown {
  if (name === "targetingKey") return typed;
  if (!/^["[{]/.test(typed.trim())) return scalarIn(typed, "number") ?? literal(typed);
  try {
    return JSON.parse(typed) as unknown;
  } catch {
    return typed;
  }
}

function literal(typed: string): unknown {
  return { true: true, false: false }[typed.trim()] ?? typed;
}
