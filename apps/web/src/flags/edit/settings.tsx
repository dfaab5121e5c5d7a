import type { Flag } from "@beq/flags";
import type { ReactNode } from "react";
import type { FlagView } from "../wire.ts";
import { About } from "./about.tsx";
import { Layers } from "./layers.tsx";
import { Needs } from "./needs.tsx";
import { Variants } from "./variants.tsx";

type Props = {
  flag: Flag;
  view: FlagView | undefined;
  change: (next: Flag) => void;
  /** Asks to take away what was saved; null for those who may not. */
  remove: (() => void) | null;
};

/** Everything about a flag that is not a rule. */
export function Settings({ flag, view, change, remove }: Props) {
  return (
    <div className="flex flex-col gap-4">
      <Card title="Variants">
        <Variants flag={flag} change={change} />
      </Card>
      <Card title="Requires">
        <Needs flag={flag} requiredBy={view?.required_by ?? []} change={change} />
      </Card>
      {view && (
        <Card title="Who says so">
          <Layers view={view} remove={remove} />
        </Card>
      )}
      <Card title="About">
        <About flag={flag} change={change} />
      </Card>
    </div>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="rounded-lg border border-line bg-surface p-3">
      <h2 className="mb-2 text-sm font-medium">{title}</h2>
      {children}
    </section>
  );
}
