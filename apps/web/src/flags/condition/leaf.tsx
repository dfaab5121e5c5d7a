import { type Comparison, type Condition, describeCondition, type Plain, type Requirement } from "@beq/flags";
import { Input, Select } from "../../ui/compact.tsx";
import { problemAt, useAround } from "./around.ts";
import { Compared } from "./compared.tsx";
import { RemoveButton } from "./remove.tsx";
import { wrap } from "./tree.ts";
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
