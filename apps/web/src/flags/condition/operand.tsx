import type { Plain, Scalar } from "@beq/flags";
import { Input, Numeric, Select } from "../../ui/compact.tsx";
import { momentWords } from "../../ui/when.tsx";
import { operators, valuesOf } from "./operators.ts";
import { asKind, type Kind, kindOf, kinds, scalarIn } from "./scalar.ts";
import { Values } from "./values.tsx";

type Props = { comparison: Plain; onChange: (next: Plain) => void; problem?: string | undefined };

/** What stands to the right of the operator. */
export function Operand({ comparison, onChange, problem }: Props) {
  const values = valuesOf(comparison);
  // The operator says which of these members the comparison has; the compiler cannot follow that.
  const set = (member: object) => onChange({ ...comparison, ...member } as Plain);
  switch (operators[comparison.op].operand) {
    case "nothing":
      return null;
    case "scalar":
      return <One value={values[0] ?? ""} onChange={(value) => set({ value })} problem={problem} />;
    case "scalars":
      return <Several values={values} onChange={(next) => set({ values: next })} problem={problem} />;
    case "texts":
      return <Values label="Texts" kind="string" values={values} onChange={(next) => set({ values: next })} />;
    case "networks":
      return (
        <Values
          label="Networks"
          kind="string"
          placeholder="10.0.0.0/8"
          values={values}
          problem={problem}
          onChange={(next) => set({ values: next })}
        />
      );
    case "number":
      return (
        <Numeric
          aria-label="Number"
          className="w-28"
          value={String(values[0] ?? "")}
          problem={problem}
          onNumber={(value) => set({ value })}
        />
      );
    case "moment":
      return <Moment text={String(values[0] ?? "")} onChange={(value) => set({ value })} problem={problem} />;
    case "version":
    case "pattern": {
      const member = "pattern" in comparison ? "pattern" : "value";
      return (
        <Input
          aria-label={member === "pattern" ? "Pattern" : "Version"}
          className={`font-mono ${member === "pattern" ? "min-w-40 flex-1" : "w-28"}`}
          placeholder={member === "pattern" ? "^qa-\\d+$" : "2.3.0"}
          value={String(values[0] ?? "")}
          problem={problem}
          onChange={({ target }) => set({ [member]: target.value })}
        />
      );
    }
  }
}

function One({
  value,
  onChange,
  problem,
}: {
  value: Scalar;
  onChange: (value: Scalar) => void;
  problem: string | undefined;
}) {
  const kind = kindOf(value);
  return (
    <span className="inline-flex min-w-40 flex-1 gap-1">
      {kind === "boolean" ? (
        <Select
          aria-label="Value"
          value={String(value)}
          onChange={({ target }) => onChange(target.value === "true")}
          className="flex-1"
        >
          <option value="true">yes (true)</option>
          <option value="false">no (false)</option>
        </Select>
      ) : kind === "number" ? (
        <Numeric aria-label="Value" className="flex-1" value={Number(value)} onNumber={onChange} problem={problem} />
      ) : (
        <Input
          aria-label="Value"
          className="flex-1"
          value={String(value)}
          problem={problem}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
      <KindSelect kind={kind} pick={(next) => onChange(scalarIn(String(value), next) ?? fallback[next])} />
    </span>
  );
}

const fallback: Record<Kind, Scalar> = { string: "", number: 0, boolean: true };

type SeveralProps = {
  values: readonly Scalar[];
  onChange: (values: readonly Scalar[]) => void;
  problem: string | undefined;
};

function Several({ values, onChange, problem }: SeveralProps) {
  const kind = kindOf(values.at(-1));
  return (
    <span className="inline-flex min-w-40 flex-1 gap-1">
      <Values label="Values" values={values} kind={kind} onChange={onChange} problem={problem} />
      {values.length > 0 && <KindSelect kind={kind} pick={(next) => onChange(asKind(values, next))} />}
    </span>
  );
}

function KindSelect({ kind, pick }: { kind: Kind; pick: (kind: Kind) => void }) {
  return (
    <Select
      aria-label="Compared as"
      title="What the value is compared as"
      value={kind}
      // The options are kinds.
      onChange={({ target }) => pick(target.value as Kind)}
      className="w-20 shrink-0 text-xs text-muted"
    >
      {Object.entries(kinds).map(([name, words]) => (
        <option key={name} value={name}>
          {words}
        </option>
      ))}
    </Select>
  );
}

function Moment({
  text,
  onChange,
  problem,
}: {
  text: string;
  onChange: (text: string) => void;
  problem: string | undefined;
}) {
  const isMoment = text !== "" && !problem && !Number.isNaN(Date.parse(text));
  return (
    <span className="inline-flex min-w-40 flex-1 flex-wrap items-center gap-x-2">
      <Input
        aria-label="Moment"
        className="w-52 font-mono"
        placeholder="2026-03-01T09:00:00Z"
        value={text}
        problem={problem}
        onChange={({ target }) => onChange(target.value)}
      />
      {isMoment && <span className="text-xs text-faint">{momentWords(text)}</span>}
    </span>
  );
}
