import { type Comparison, type Condition, describeCondition, type Plain, type Requirement } from "@beq/flags";
import { CaseSensitive, X } from "lucide-react";
import type { ReactNode } from "react";
import { Input, Select } from "../../ui/compact.tsx";
import { problemAt, useAround } from "./around.ts";
import { Operand } from "./operand.tsx";
import { folds, type Op, operators, sections, withOperator } from "./operators.ts";
import { attributeName, attributeNamed, wrap } from "./tree.ts";
import { Values } from "./values.tsx";

type Inner = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>;
type Path = readonly (string | number)[];
type Props = { leaf: Condition; negated: boolean; path: Path; onChange: (next: Condition | null) => void };

/** One comparison, segment or asked flag, on one line. */
export function Leaf({ leaf, negated, path, onChange }: Props) {
  const { problems } = useAround();
  // The caller has taken groups and `not` apart already.
  const inner = leaf as Inner;
  const set = (next: Inner, not = negated) => onChange(wrap(next, not));
  const problem = problemAt(problems, path, "below");
  return (
    <div className="group/leaf">
      <div className="flex flex-wrap items-center gap-1">
        <Sentence inner={inner} negated={negated} set={set} path={path} />
        <RemoveButton label={`Remove “${describeCondition(inner)}”`} remove={() => onChange(null)} />
      </div>
      {problem && <p className="mt-0.5 text-xs text-danger">{problem}</p>}
    </div>
  );
}

type Parts<T> = { inner: T; negated: boolean; set: (next: Inner, negated?: boolean) => void; path: Path };

function Sentence({ inner, ...rest }: Parts<Inner>) {
  if ("segment" in inner) return <InSegment inner={inner} {...rest} />;
  if ("flag" in inner) return <AskedFlag inner={inner} {...rest} />;
  if (isPlain(inner)) return <Compared inner={inner} {...rest} />;
  return (
    <span className="text-sm">
      {describeCondition(wrap(inner, rest.negated))}
      <span className="ml-1 text-xs text-faint">(imported; change it in the JSON view)</span>
    </span>
  );
}

function isPlain(comparison: Comparison): comparison is Plain {
  return comparison.op !== "in_share";
}

function Compared({ inner, negated, set, path }: Parts<Plain>) {
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

function InSegment({ inner, negated, set }: Parts<{ readonly segment: string }>) {
  const { segments } = useAround();
  const known = segments.includes(inner.segment) ? segments : [inner.segment, ...segments];
  return (
    <>
      <Negation negated={negated} words={["is in segment", "is not in segment"]} set={(not) => set(inner, not)} />
      <Select
        aria-label="Segment"
        value={inner.segment}
        onChange={({ target }) => set({ segment: target.value })}
        className="min-w-32"
      >
        {known.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
    </>
  );
}

function AskedFlag({ inner, negated, set }: Parts<Requirement>) {
  return (
    <>
      <span className="text-sm text-muted">flag</span>
      <Input
        aria-label="Flag"
        list="flags"
        className="w-44"
        value={inner.flag}
        onChange={({ target }) => set({ ...inner, flag: target.value })}
      />
      <Negation negated={negated} words={["serves", "does not serve"]} set={(not) => set(inner, not)} />
      <Values
        label="Variants"
        kind="string"
        values={inner.variants}
        onChange={(variants) => set({ ...inner, variants: variants.map(String) })}
      />
    </>
  );
}

type NegationProps = { negated: boolean; words: readonly [string, string]; set: (negated: boolean) => void };

function Negation({ negated, words, set }: NegationProps) {
  return (
    <Select aria-label="Operator" value={String(negated)} onChange={({ target }) => set(target.value === "true")}>
      <option value="false">{words[0]}</option>
      <option value="true">{words[1]}</option>
    </Select>
  );
}

export function RemoveButton({ label, remove }: { label: string; remove: () => void }): ReactNode {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={remove}
      className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-danger disabled:hidden"
    >
      <X aria-hidden className="size-3.5" />
    </button>
  );
}
