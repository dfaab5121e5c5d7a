import type { Flag } from "@beq/flags";
import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { staleWords } from "../list/stale.ts";
import type { FlagView } from "../wire.ts";
import { Usage } from "./usage.tsx";

type Props = {
  flagKey: string;
  flag: Flag;
  /** Undefined for a flag that exists here only as yet. */
  view: FlagView | undefined;
  mayEdit: boolean;
  askSwitch: () => void;
};

const layers = { code: "from the code", environment: "from the environment", stored: "saved" } as const;

/** What the flag is, how it stands, and its switch. */
export function Head({ flagKey, flag, view, mayEdit, askSwitch }: Props) {
  const inForce = view?.flag ?? flag;
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="min-w-0 flex-1">
        <Link
          to="/flags"
          className="-ml-1 inline-flex h-6 items-center gap-0.5 rounded-md pr-1 text-xs text-muted hover:text-ink"
        >
          <ChevronLeft aria-hidden className="size-3.5" />
          Flags
        </Link>
        <h1 className="text-lg font-semibold break-all">{flagKey}</h1>
        {flag.description && <p className="text-sm break-words text-muted">{flag.description}</p>}
        <p className="mt-1.5 flex flex-wrap gap-1">
          <Badge>{flag.type}</Badge>
          {view ? <Badge>{layers[view.layer]}</Badge> : <Badge tone="warning">not saved yet</Badge>}
          <Badge>{flag.lifetime}</Badge>
          {flag.owner && <Badge>{flag.owner}</Badge>}
          {flag.tags.map((tag) => (
            <Badge key={tag}>#{tag}</Badge>
          ))}
          {view?.row.stale && (
            <Badge tone="warning" title={staleWords[view.row.stale].why}>
              {staleWords[view.row.stale].words}
            </Badge>
          )}
        </p>
        {view && <Usage row={view.row} />}
      </div>
      {view && <Switch on={inForce.enabled} ask={askSwitch} mayEdit={mayEdit} />}
    </header>
  );
}

function Switch({ on, ask, mayEdit }: { on: boolean; ask: () => void; mayEdit: boolean }) {
  return (
    <Button
      role="switch"
      aria-checked={on}
      aria-label="In force"
      disabled={!mayEdit}
      onClick={ask}
      className="mt-6 gap-2 disabled:opacity-100"
    >
      <span
        aria-hidden
        className={`flex h-4.5 w-8 items-center rounded-full border p-px transition-colors ${on ? "justify-end border-accent bg-accent" : "border-edge bg-sunken"}`}
      >
        <span className={`size-3.5 rounded-full ${on ? "bg-on-accent" : "bg-edge"}`} />
      </span>
      {on ? "On" : "Off"}
      {mayEdit && <Keys keys="shift+k" className="text-faint max-sm:hidden" />}
    </Button>
  );
}
