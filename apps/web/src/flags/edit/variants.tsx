import type { Flag, FlagValue, Json } from "@beq/flags";
import { Plus, Trash2 } from "lucide-react";
import { Typed } from "../../ui/typed.tsx";
import { Button } from "../../ui/button.tsx";
import { Input, Numeric, Select } from "../../ui/compact.tsx";
import { SelectField } from "../../ui/field.tsx";
import { problemAt, useAround } from "../condition/around.ts";
import { dropVariant, freeName, renameVariant, serves, setVariant } from "../draft/change.ts";
import { JsonField } from "./json.tsx";

type Props = { flag: Flag; change: (next: Flag) => void };

/** What the flag can answer: each variant's name and value, and which one it serves when it is off. */
export function Variants({ flag, change }: Props) {
  const { problems } = useAround();
  const names = Object.keys(flag.variants);
  const add = () => change(setVariant(flag, freeName("variant", names), fresh[flag.type]));
  const whole = problemAt(problems, ["variants"]);
  return (
    <div className="flex flex-col gap-3">
      <ul className="flex flex-col gap-2">
        {names.map((name) => (
          <Variant key={name} name={name} flag={flag} change={change} />
        ))}
      </ul>
      {whole && <p className="text-xs text-danger">{whole}</p>}
      <div className="flex flex-wrap items-end gap-3">
        <Button size="small" onClick={add}>
          <Plus aria-hidden className="size-3.5" />
          Add a variant
        </Button>
        <SelectField
          label="When off, serve"
          value={flag.off === null ? "" : `=${flag.off}`}
          problem={problemAt(problems, ["off"])}
          onChange={({ target }) => change({ ...flag, off: target.value === "" ? null : target.value.slice(1) })}
        >
          {names.map((name) => (
            <option key={name} value={`=${name}`}>
              {name}
            </option>
          ))}
          <option value="">nothing: the code's own default</option>
        </SelectField>
      </div>
      {flag.type === "json" && <Schema flag={flag} change={change} />}
    </div>
  );
}

const fresh: Record<Flag["type"], FlagValue> = { boolean: false, string: "", number: 0, json: {} };

function Variant({ name, flag, change }: Props & { name: string }) {
  const { problems } = useAround();
  const found = problems.find(({ path }) => path[0] === "variants" && path[1] === name);
  const problem = found && [...found.path.slice(2), found.message].join(": ");
  const value = flag.variants[name] ?? null;
  const isServed = serves(flag, name);
  return (
    <li className="grid grid-cols-[1fr_auto] items-start gap-2 max-sm:border-b max-sm:border-line max-sm:pb-2 sm:grid-cols-[10rem_1fr_auto]">
      <Typed label="Name" value={name} onDone={(typed) => change(renameVariant(flag, name, typed.trim()))} />
      <div className="min-w-0 max-sm:order-last max-sm:col-span-2">
        {flag.type === "json" ? (
          <JsonField
            label="Value"
            value={value}
            problem={problem}
            onChange={(next) => change(setVariant(flag, name, next))}
          />
        ) : (
          <>
            <p aria-hidden className="mb-1 text-xs text-muted">
              Value
            </p>
            <Plain name={name} value={value} problem={problem} set={(next) => change(setVariant(flag, name, next))} />
            {problem && <p className="mt-1 text-xs text-danger">{problem}</p>}
          </>
        )}
      </div>
      <Button
        kind="quiet"
        size="icon"
        className="mt-5"
        aria-label={`Remove the variant ${name}`}
        title={isServed ? "It is served somewhere: serve another one there first" : "Remove"}
        disabled={isServed}
        onClick={() => change(dropVariant(flag, name))}
      >
        <Trash2 aria-hidden className="size-4" />
      </Button>
    </li>
  );
}

type PlainProps = { name: string; value: Json; problem: string | undefined; set: (value: FlagValue) => void };

function Plain({ name, value, problem, set }: PlainProps) {
  const shared = { "aria-label": `Value of ${name}`, problem, className: "h-8 w-full" };
  if (typeof value === "boolean")
    return (
      <Select {...shared} value={String(value)} onChange={({ target }) => set(target.value === "true")}>
        <option value="true">true</option>
        <option value="false">false</option>
      </Select>
    );
  if (typeof value === "number") return <Numeric {...shared} value={value} onNumber={set} />;
  return <Input {...shared} value={String(value)} onChange={({ target }) => set(target.value)} />;
}

function Schema({ flag, change }: Props) {
  const { problems } = useAround();
  const set = (schema: Json) => {
    const { schema: _, ...rest } = flag;
    // `refuse` let objects and null pass, nothing else.
    change(schema === null ? rest : { ...rest, schema: schema as NonNullable<Flag["schema"]> });
  };
  return (
    <details open={flag.schema !== undefined} className="group">
      <summary className="text-xs text-muted hover:text-ink">JSON Schema that every value must satisfy</summary>
      <div className="mt-2">
        <JsonField
          label="Schema (null: none)"
          value={flag.schema ?? null}
          problem={problemAt(problems, ["schema"], "below")}
          refuse={(json) =>
            typeof json === "object" && !Array.isArray(json) ? null : "A schema is an object; null is none"
          }
          onChange={set}
        />
      </div>
    </details>
  );
}
