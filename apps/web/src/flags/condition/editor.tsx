import type { Condition } from "@beq/flags";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { Select } from "../../ui/compact.tsx";
import { problemAt, useAround } from "./around.ts";
import { Leaf } from "./leaf.tsx";
import { RemoveButton } from "./remove.tsx";
import { beside, blank, group, type Group, groupOf, peel, replaced, tidy, wrap } from "./tree.ts";

export type Path = readonly (string | number)[];

type Props = { condition: Condition; path: Path; onChange: (next: Condition) => void };

/** A condition of any depth, each comparison a sentence that is edited where it stands. */
export function ConditionEditor({ condition, path, onChange }: Props) {
  const { problems } = useAround();
  const problem = problemAt(problems, path);
  return (
    <div className="flex flex-col gap-1.5">
      <Part condition={condition} path={path} onChange={(next) => onChange(next ?? { all: [] })} isRoot />
      {problem && <p className="text-xs text-danger">{problem}</p>}
    </div>
  );
}

type PartProps = { condition: Condition; path: Path; onChange: (next: Condition | null) => void; isRoot?: boolean };

/** One condition within others; `null` removes it. */
function Part({ condition, path, onChange, isRoot = false }: PartProps) {
  const { inner, negated } = peel(condition);
  const inside = "not" in condition ? [...path, "not"] : path;
  const known = groupOf(inner);
  if (!known)
    return (
      <>
        <Leaf leaf={inner} negated={negated} path={inside} onChange={onChange} />
        {isRoot && <Adding label="and" add={(added) => onChange(beside(condition, added))} />}
      </>
    );
  return <Joint known={known} negated={negated} path={inside} onChange={onChange} isRoot={isRoot} />;
}

type JointProps = Omit<PartProps, "condition"> & { known: Group; negated: boolean };

function Joint({ known, negated, path, onChange, isRoot }: JointProps) {
  const { word, parts } = known;
  const set = (next: Group, not = negated) => onChange(wrap(group(next), not));
  const setPart = (index: number, next: Condition | null) => {
    const left = group({ word, parts: replaced(parts, index, next) });
    onChange(wrap(next === null ? tidy(left) : left, negated));
  };
  return (
    <div className={isRoot ? "" : "rounded-md border border-line bg-canvas p-2"}>
      <div className="flex flex-wrap items-center gap-1.5 text-sm text-muted">
        {isRoot && word === "all" && parts.length === 0 && !negated ? (
          <span className="font-medium text-ink">Everybody</span>
        ) : (
          <Select
            aria-label="How these count together"
            value={`${negated ? "not " : ""}${word}`}
            onChange={({ target }) =>
              set({ word: target.value.endsWith("any") ? "any" : "all", parts }, target.value.startsWith("not"))
            }
            className="font-medium"
          >
            <option value="all">all of these hold</option>
            <option value="any">any of these holds</option>
            <option value="not any">none of these holds</option>
            <option value="not all">not all of these hold</option>
          </Select>
        )}
        {!isRoot && (
          <span className="ml-auto">
            <RemoveButton label="Remove these conditions" remove={() => onChange(null)} />
          </span>
        )}
      </div>
      <ul className={`flex flex-col gap-1.5 ${parts.length > 0 ? "mt-1.5 border-l-2 border-line pl-2.5" : ""}`}>
        {parts.map((part, index) => (
          // Conditions have no name; what stands at a place is edited at that place.
          <li key={index}>
            <Part condition={part} path={[...path, word, index]} onChange={(next) => setPart(index, next)} />
          </li>
        ))}
      </ul>
      <Adding
        label={parts.length === 0 ? "only if" : word === "all" ? "and" : "or"}
        add={(added) => set({ word, parts: [...parts, added] })}
      />
    </div>
  );
}

function Adding({ label, add }: { label: string; add: (condition: Condition) => void }) {
  const { segments } = useAround();
  const [segment] = segments;
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-1">
      <Add onClick={() => add(blank)}>{label} a condition</Add>
      {segment !== undefined && <Add onClick={() => add({ segment })}>a segment</Add>}
      <Add onClick={() => add({ any: [blank, blank] })}>a group</Add>
    </div>
  );
}

function Add({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-xs text-muted hover:bg-hover hover:text-ink disabled:hidden"
    >
      <Plus aria-hidden className="size-3" />
      {children}
    </button>
  );
}
