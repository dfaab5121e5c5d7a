import { Badge } from "../ui/badge.tsx";
import { Differences } from "./differences.tsx";
import type { Plan } from "./page.tsx";
import { PartLink } from "./part.tsx";

/** What a change does, item by item. */
export function Edits({ edits }: { edits: Plan["edits"] }) {
  return (
    <ul className="flex flex-col gap-2">
      {edits.map((edit) => (
        <li key={`${edit.kind} ${edit.key}`} className="rounded-md bg-sunken p-3">
          <p className="mb-1.5 flex flex-wrap items-center gap-2">
            <PartLink kind={edit.kind} name={edit.key} />
            {edit.kind === "segment" && <Badge>Segment</Badge>}
            {edit.created && <Badge tone="accent">New</Badge>}
            {edit.removed && <Badge tone="danger">Removed</Badge>}
          </p>
          {!edit.removed && <Differences list={edit.differences} />}
        </li>
      ))}
    </ul>
  );
}
