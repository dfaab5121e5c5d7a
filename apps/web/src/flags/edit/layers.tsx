import type { Flag } from "@beq/flags";
import { Check } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { inShort } from "../save/wording.ts";
import type { FlagView } from "../wire.ts";

type Layer = FlagView["layer"];

type Props = { view: FlagView; remove: (() => void) | null };

const names = { code: "The code says", environment: "The environment says", stored: "Saved here" } as const;

/** What each layer says about the flag, and which one answers. */
export function Layers({ view, remove }: Props) {
  const below = view.variables.length > 0 ? "environment" : view.layers.code ? "code" : null;
  return (
    <div className="text-sm">
      <table className="w-full">
        <thead className="sr-only">
          <tr>
            <th scope="col">Layer</th>
            <th scope="col">What it says</th>
            <th scope="col">Answers</th>
          </tr>
        </thead>
        <tbody>
          {(["code", "environment", "stored"] as const).map((layer) => (
            <tr key={layer} className={layer === view.layer ? "" : "text-muted"}>
              <th scope="row" className="w-40 py-1 pr-3 text-left align-top font-normal whitespace-nowrap">
                {names[layer]}
              </th>
              <td className="py-1 break-words">
                {inShort(said(view, layer))}
                {layer === "environment" && <Variables variables={view.variables} />}
              </td>
              <td className="w-20 py-1 text-right align-top">
                {layer === view.layer && (
                  <span className="inline-flex items-center gap-1 text-xs font-medium text-accent">
                    <Check aria-hidden className="size-3.5" />
                    answers
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {view.layers.stored && remove && (
        <Button size="small" className="mt-2" onClick={remove}>
          {below ? `Return to what the ${below} says` : "Remove this flag…"}
        </Button>
      )}
    </div>
  );
}

function Variables({ variables }: { variables: FlagView["variables"] }) {
  if (variables.length === 0) return null;
  return (
    <span className="block font-mono text-xs text-muted">
      {variables.map(({ name, value }) => `${name}=${value}`).join(" ")}
    </span>
  );
}

/** The environment's layer repeats the code's where no variable says anything. */
function said(view: FlagView, layer: Layer): Flag | null {
  return layer === "environment" && view.variables.length === 0 ? null : view.layers[layer];
}
