import type { Flag, Serve, Split } from "@beq/flags";
import { describeServe } from "@beq/flags";
import { problemAt, useAround } from "../condition/around.ts";
import { attributeName, attributeNamed } from "../condition/tree.ts";
import { splitOf } from "../draft/change.ts";
import { Input, Select } from "../../ui/compact.tsx";
import { Shares } from "./shares.tsx";

type Path = readonly (string | number)[];
type Props = { flag: Flag; serve: Serve; path: Path; onChange: (serve: Serve) => void; label: string };

/** What is served: a variant, shares of several, or what the flag answers when it is off. */
export function ServeEditor({ flag, serve, path, onChange, label }: Props) {
  const { problems } = useAround();
  const names = Object.keys(flag.variants);
  const chosen = "variant" in serve ? `=${serve.variant}` : "off" in serve ? "off" : "split";
  const isGone = "variant" in serve && !names.includes(serve.variant);
  const pick = (value: string) => {
    if (value === "off") return onChange({ off: true });
    return onChange(value === "split" ? splitOf(flag, serve) : { variant: value.slice(1) });
  };
  const problem = problemAt(problems, path, "below");
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-1.5 text-sm">
        <span className="text-muted">serve</span>
        <Select
          aria-label={label}
          value={chosen}
          problem={problem}
          onChange={({ target }) => pick(target.value)}
          className="max-w-60 font-medium"
        >
          {isGone && <option value={chosen}>{serve.variant} (removed)</option>}
          {names.map((name) => (
            <option key={name} value={`=${name}`}>
              {name}
            </option>
          ))}
          <option value="split">a percentage of each</option>
          <option value="off">what it serves when off</option>
        </Select>
        {"split" in serve && <By split={serve.split} onChange={(split) => onChange({ split })} />}
      </div>
      {"split" in serve && <Shares flag={flag} split={serve.split} onChange={(split) => onChange({ split })} />}
      {problem && <p className="text-xs text-danger">{problem}</p>}
      {"split" in serve && <p className="sr-only">{describeServe(serve)}</p>}
    </div>
  );
}

function By({ split, onChange }: { split: Split; onChange: (split: Split) => void }) {
  const set = (typed: string) => {
    const by = attributeNamed(typed);
    const { by: _, ...rest } = split;
    onChange(by === "" || by === "targetingKey" ? rest : { ...rest, by });
  };
  return (
    <span className="flex items-center gap-1.5 text-muted">
      by
      <Input
        aria-label="Percentages of each"
        title="Whose id decides: everybody with the same value gets the same variant"
        list="attributes"
        className="w-32"
        placeholder="user id"
        value={split.by === undefined ? "" : attributeName(split.by)}
        onChange={({ target }) => set(target.value)}
      />
    </span>
  );
}
