import type { Plain } from "@beq/flags";
import { CaseSensitive } from "lucide-react";
import { Input, Select } from "../../ui/compact.tsx";
import { problemAt, useAround } from "./around.ts";
import { Operand } from "./operand.tsx";
import { folds, type Op, operators, sections, withOperator } from "./operators.ts";
import { attributeName, attributeNamed } from "./tree.ts";

type Props = {
  inner: Plain;
  negated: boolean;
  set: (next: Plain, negated?: boolean) => void;
  path: readonly (string | number)[];
};

/** An attribute, an operator, and what it is compared with. */
export function Compared({ inner, negated, set, path }: Props) {
  const { problems } = useAround();
  const problem = ["value", "values", "pattern"]
    .map((member) => problemAt(problems, [...path, member], "below"))
    .find(Boolean);
  return (
    <>
      <Input
        aria-label="Attribute"
        list="attributes"
        placeholder="attribute"
        className="w-36"
        value={attributeName(inner.attribute)}
        problem={problemAt(problems, [...path, "attribute"])}
        onChange={({ target }) => set({ ...inner, attribute: attributeNamed(target.value) })}
      />
      <OperatorSelect op={inner.op} negated={negated} pick={(op, not) => set(withOperator(inner, op), not)} />
      <Operand comparison={inner} onChange={set} problem={problem} />
      {folds(inner.op) && <Folding comparison={inner} onChange={set} />}
      {inner.dialect && <span className="text-xs text-faint">as in {inner.dialect}</span>}
    </>
  );
}

function OperatorSelect({ op, negated, pick }: { op: Op; negated: boolean; pick: (op: Op, negated: boolean) => void }) {
  return (
    <Select
      aria-label="Operator"
      value={`${negated ? "!" : ""}${op}`}
      // The options are operators with or without a mark.
      onChange={({ target }) => pick(target.value.replace("!", "") as Op, target.value.startsWith("!"))}
      className="max-w-56"
    >
      {sections.map(({ section, ops }) => (
        <optgroup key={section} label={section}>
          {ops.flatMap((one) => [
            <option key={one} value={one}>
              {operators[one].words}
            </option>,
            <option key={`!${one}`} value={`!${one}`}>
              {operators[one].negated}
            </option>,
          ])}
        </optgroup>
      ))}
    </Select>
  );
}

function Folding({ comparison, onChange }: { comparison: Plain; onChange: (next: Plain) => void }) {
  const isFolded = "ignore_case" in comparison && comparison.ignore_case === true;
  const flip = () => {
    const { ignore_case: _, ...rest } = { ignore_case: false, ...comparison };
    // Only operators that can fold get here.
    onChange((isFolded ? rest : { ...rest, ignore_case: true }) as Plain);
  };
  return (
    <button
      type="button"
      aria-pressed={!isFolded}
      aria-label="Upper and lower case matter"
      title={isFolded ? "Upper and lower case are alike" : "Upper and lower case matter"}
      onClick={flip}
      className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover aria-pressed:text-ink"
    >
      <CaseSensitive aria-hidden className={`size-4 ${isFolded ? "opacity-50" : ""}`} />
    </button>
  );
}
