import { Link, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, UsersRound } from "lucide-react";
import { useState } from "react";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { useCommands, useServices } from "../../shell/services.ts";
import { trpc } from "../../trpc.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Keys } from "../../ui/kbd.tsx";
import { Modal } from "../../ui/modal.tsx";
import { Blank, Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { keep } from "../draft/kept.ts";
import { useLiveFlags } from "../live.ts";
import { useMayEdit } from "../may.ts";
import type { SegmentRow } from "../wire.ts";

/** Every segment: a named condition, or a list of ids, that rules of several flags can ask for. */
export function SegmentsPage() {
  const { may } = useMayEdit();
  const list = trpc.flags.list.useQuery();
  const [isCreating, setCreating] = useState(false);
  useLiveFlags();
  const create = () => setCreating(true);
  useCommands(may ? [{ id: "new-segment", title: "New segment", section: "Flags", keys: "n", run: create }] : []);
  const segments = list.data?.segments ?? [];
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-5">
        <div className="flex items-end gap-3">
          <div className="flex-1">
            <Link to="/flags" className="-ml-1 inline-flex h-6 items-center gap-0.5 text-xs text-muted hover:text-ink">
              <ChevronLeft aria-hidden className="size-3.5" />
              Flags
            </Link>
            <h1 className="text-lg font-semibold">Segments</h1>
          </div>
          {may && (
            <Button kind="primary" onClick={create}>
              New segment
              <Keys keys="n" className="max-sm:hidden" />
            </Button>
          )}
        </div>
        {list.isPending && <Skeleton className="h-40" />}
        {list.error && <Notice tone="error" title={wordsOf(refusalOf(list.error))} />}
        {list.data && segments.length === 0 && (
          <Blank icon={<UsersRound aria-hidden />} title="No segments yet">
            A segment names people once, by a condition or by a list of ids, so that many flags can serve them.
          </Blank>
        )}
        {segments.length > 0 && (
          <ul aria-label="Segments" className="divide-y divide-line rounded-lg border border-line bg-surface">
            {segments.map((row) => (
              <Line key={row.name} row={row} />
            ))}
          </ul>
        )}
      </div>
      {isCreating && <Create taken={segments.map(({ name }) => name)} close={() => setCreating(false)} />}
    </div>
  );
}

function Line({ row }: { row: SegmentRow }) {
  const { name, description, kind, size, used_by: users } = row;
  const used =
    users.length === 0 ? "not used" : users.length === 1 ? "used by 1 flag" : `used by ${users.length} flags`;
  return (
    <li>
      <Link
        to="/segments/$name"
        params={{ name }}
        className="flex flex-wrap items-baseline gap-x-3 px-3 py-2.5 -outline-offset-2 hover:bg-hover"
      >
        <span className="text-sm font-medium break-all">{name}</span>
        <span className="min-w-0 flex-1 truncate text-xs text-muted">{description}</span>
        <span className="text-xs text-muted">
          {kind === "list" ? `${size.toLocaleString("en")} ids` : "a condition"} · {used}
        </span>
      </Link>
    </li>
  );
}

function Create({ taken, close }: { taken: readonly string[]; close: () => void }) {
  const { storage } = useServices();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"condition" | "list">("condition");
  const problem = taken.includes(name) ? "There is a segment of this name already" : undefined;
  const create = () => {
    const value = kind === "list" ? { ids: [] } : { when: { all: [] } };
    keep(storage, `segment.${name}`, { base: 0, from: null, value });
    close();
    void navigate({ to: "/segments/$name", params: { name } });
  };
  return (
    <Modal title="New segment" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== "" && !problem) create();
        }}
        className="flex flex-col gap-3"
      >
        <TextField
          label="Name"
          autoComplete="off"
          maxLength={200}
          placeholder="beta_testers"
          value={name}
          problem={problem}
          onChange={({ target }) => setName(target.value.trimStart())}
        />
        <SelectField
          label="It holds"
          value={kind}
          onChange={({ target }) => setKind(target.value === "list" ? "list" : "condition")}
        >
          <option value="condition">whoever a condition holds for</option>
          <option value="list">whoever is in a list of ids</option>
        </SelectField>
        <div className="flex gap-2">
          <Button type="submit" kind="primary" disabled={name.trim() === "" || problem !== undefined}>
            Go on
          </Button>
          <Button kind="quiet" onClick={close}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}
