import type { Flag, Requirement } from "@beq/flags";
import { Plus } from "lucide-react";
import { Link } from "@tanstack/react-router";
import { Button } from "../../ui/button.tsx";
import { Input } from "../../ui/compact.tsx";
import { problemAt, useAround } from "../condition/around.ts";
import { RemoveButton } from "../condition/remove.tsx";
import { Values } from "../condition/values.tsx";

type Props = { flag: Flag; requiredBy: readonly string[]; change: (next: Flag) => void };

/** Other flags that must serve something first, and those that ask this one. */
export function Needs({ flag, requiredBy, change }: Props) {
  const { problems } = useAround();
  const set = (requires: readonly Requirement[]) => change({ ...flag, requires });
  return (
    <div className="flex flex-col gap-2 text-sm">
      {flag.requires.length === 0 && <p className="text-muted">This flag does not depend on another one.</p>}
      <ul className="flex flex-col gap-1.5">
        {flag.requires.map((need, index) => {
          const problem = problemAt(problems, ["requires", index], "below");
          const replace = (next: Requirement) => set(flag.requires.with(index, next));
          return (
            // A requirement is edited where it stands; its flag's key may change while it is typed.
            <li key={index}>
              <div className="flex flex-wrap items-center gap-1.5">
                <span className="text-muted">only where</span>
                <Input
                  aria-label="Required flag"
                  list="flags"
                  placeholder="flag"
                  className="w-52"
                  value={need.flag}
                  problem={problem}
                  onChange={({ target }) => replace({ ...need, flag: target.value.trim() })}
                />
                <span className="text-muted">serves</span>
                <Values
                  label="Required variants"
                  kind="string"
                  placeholder="on"
                  values={need.variants}
                  onChange={(variants) => replace({ ...need, variants: variants.map(String) })}
                />
                <RemoveButton label="Remove this requirement" remove={() => set(flag.requires.toSpliced(index, 1))} />
              </div>
              {problem && <p className="mt-0.5 text-xs text-danger">{problem}</p>}
            </li>
          );
        })}
      </ul>
      <div>
        <Button size="small" onClick={() => set([...flag.requires, { flag: "", variants: ["on"] }])}>
          <Plus aria-hidden className="size-3.5" />
          Require another flag
        </Button>
      </div>
      {requiredBy.length > 0 && (
        <p className="text-muted">
          Required by{" "}
          {requiredBy.map((key, index) => (
            <span key={key}>
              {index > 0 && ", "}
              <Link to="/flags/$key" params={{ key }} className="font-medium text-accent underline">
                {key}
              </Link>
            </span>
          ))}
          . Where this flag is off, they are too.
        </p>
      )}
    </div>
  );
}
