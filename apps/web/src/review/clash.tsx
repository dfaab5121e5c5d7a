import { Notice } from "../ui/notice.tsx";
import { placeInWords } from "../flags/save/wording.ts";
import { Differences, type WireDifference } from "./differences.tsx";
import type { Plan } from "./page.tsx";

/** Says when what the plan would change was changed since, by whom both is kept, and where it cannot be. */
export function Clash({ plan }: { plan: Plan }) {
  const clashes = plan.state === "open" ? plan.conflicts : (plan.outcome?.conflicts ?? []);
  if (plan.standing === "merges")
    return (
      <Notice tone="info" title="Changed since, and both fit together">
        Somebody changed other fields after this was planned. Both changes are kept when this one is applied.
      </Notice>
    );
  if (clashes.length === 0) return null;
  return (
    <Notice tone="warning" title="Changed since, and not both can be had">
      <p>
        As it stands, this change cannot be applied. Cancel or reject it and make the change again on what is there.
      </p>
      <ul className="mt-2 flex flex-col gap-2">
        {clashes.map((clash) => (
          <li key={`${clash.kind} ${clash.key}`} className="rounded-md bg-surface p-3 text-ink">
            <p className="mb-2 font-mono text-xs font-medium">{clash.key}</p>
            <p className="mb-2 text-xs">Both changed: {clash.conflicts.map(placeInWords).join(", ")}</p>
            <div className="grid gap-3 md:grid-cols-2">
              <Side title="Since then" list={clash.theirs} />
              <Side title="This change" list={clash.yours} />
            </div>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Side({ title, list }: { title: string; list: readonly WireDifference[] }) {
  return (
    <div>
      <p className="mb-1 text-xs text-muted">{title}</p>
      <Differences list={list} />
    </div>
  );
}
