import type { Segment } from "@beq/flags";
import { SearchX } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useCommands } from "../../shell/services.ts";
import { Button } from "../../ui/button.tsx";
import { TextField } from "../../ui/field.tsx";
import { Blank, Notice } from "../../ui/notice.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AroundProvider, problemAt } from "../condition/around.ts";
import { ConditionEditor } from "../condition/editor.tsx";
import { attributeName, attributeNamed } from "../condition/tree.ts";
import { SaveBar } from "../edit/bar.tsx";
import { Suggestions } from "../edit/suggestions.tsx";
import { HistoryList } from "../history/list.tsx";
import { useMayEdit } from "../may.ts";
import { Over } from "./over.tsx";
import { SegmentHead } from "./head.tsx";
import { Ids } from "./ids.tsx";
import { type SegmentEdit, type SegmentView, useSegmentEdit } from "./work.ts";

type Props = { name: string; view: SegmentView | undefined };

/** A segment as it is being edited. */
export function SegmentEditor({ name, view }: Props) {
  const { may, why } = useMayEdit();
  const edit = useSegmentEdit(name, view);
  const [tab, setTab] = useState<"members" | "history">("members");
  const { draft, around } = edit;
  useCommands(
    may
      ? [
          { id: "save", title: "Review and save", section: "Segment", keys: "mod+s", run: edit.review },
          { id: "undo-edit", title: "Undo the last edit", section: "Segment", keys: "mod+z", run: draft.undo },
        ]
      : [],
  );
  if (!draft.value)
    return (
      <Blank icon={<SearchX aria-hidden />} title="There is no such segment">
        It may have been removed, or the address is mistyped.
      </Blank>
    );
  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-5">
          <SegmentHead name={name} usedBy={view?.row.used_by ?? []} />
          {why !== null && <Notice tone="info" title={why} />}
          {draft.isStale && <Stale merge={() => edit.show("conflict")} />}
          <Tabs
            label="Views of the segment"
            tabs={[
              { id: "members", words: "Who is in it" },
              { id: "history", words: "History" },
            ]}
            tab={tab}
            pick={setTab}
          />
          {tab === "history" ? (
            <HistoryList kind="segment" itemKey={name} mayUndo={may} />
          ) : (
            <AroundProvider value={around}>
              <Suggestions />
              <Members segment={draft.value} edit={edit} disabled={!may} />
              {view && may && (
                <div>
                  <Button size="small" kind="danger" onClick={() => edit.show("remove")}>
                    Remove this segment…
                  </Button>
                </div>
              )}
            </AroundProvider>
          )}
        </div>
      </div>
      {draft.isDirty && may && (
        <SaveBar
          changes={draft.differences.length}
          problems={edit.problems}
          isNew={view === undefined}
          save={edit.review}
          discard={edit.discard}
        />
      )}
      <Over name={name} edit={edit} />
    </div>
  );
}

function Stale({ merge }: { merge: () => void }) {
  return (
    <Notice
      tone="warning"
      title="Somebody saved another version while you edited"
      action={
        <Button size="small" onClick={merge}>
          See it and bring both together
        </Button>
      }
    >
      What you typed is kept.
    </Notice>
  );
}

function Members({ segment, edit, disabled }: { segment: Segment; edit: SegmentEdit; disabled: boolean }) {
  const { draft, problems } = edit;
  const describe = (description: string) =>
    draft.change({ ...segment, description: description === "" ? undefined : description });
  return (
    <fieldset disabled={disabled} className="flex min-w-0 flex-col gap-4">
      <TextField
        label="What it is for"
        value={segment.description ?? ""}
        problem={problemAt(problems, ["description"])}
        onChange={({ target }) => describe(target.value)}
      />
      {"when" in segment ? (
        <Card title="Everybody for whom this holds">
          <ConditionEditor
            condition={segment.when}
            path={["when"]}
            onChange={(when) => draft.change({ ...segment, when })}
          />
        </Card>
      ) : (
        <Card title="Everybody in this list">
          <div className="flex flex-col gap-3">
            <TextField
              label="What the ids are"
              list="attributes"
              placeholder="user id"
              className="w-52"
              value={segment.by === undefined ? "" : attributeName(segment.by)}
              onChange={({ target }) => {
                const by = attributeNamed(target.value);
                draft.change({ ...segment, by: by === "" || by === "targetingKey" ? undefined : by });
              }}
            />
            <Ids ids={segment.ids} disabled={disabled} onChange={(ids) => draft.change({ ...segment, ids })} />
          </div>
        </Card>
      )}
    </fieldset>
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
