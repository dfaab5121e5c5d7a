import type { Flag } from "@beq/flags";
import { SearchX } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useCommands } from "../../shell/services.ts";
import { Blank, Notice } from "../../ui/notice.tsx";
import { Tabs } from "../../ui/tabs.tsx";
import { AroundProvider } from "../condition/around.ts";
import { readFlag } from "../draft/check.ts";
import { HistoryList } from "../history/list.tsx";
import { KillSwitch } from "../kill.tsx";
import { useMayEdit } from "../may.ts";
import { whenThere } from "../there.ts";
import { Playground } from "../play/playground.tsx";
import type { FlagView } from "../wire.ts";
import { SaveBar } from "./bar.tsx";
import { BrokenProvider } from "./broken.ts";
import { Dialogs } from "./dialogs.tsx";
import { Head } from "./head.tsx";
import { Raw } from "./raw.tsx";
import { Rules } from "./rules.tsx";
import { Settings } from "./settings.tsx";
import { Stale } from "./stale.tsx";
import { Suggestions } from "./suggestions.tsx";
import type { Tab } from "./tabs.ts";
import { Waiting } from "./waiting.tsx";
import { type FlagEdit, useFlagEdit } from "./work.ts";

type Props = { flagKey: string; view: FlagView | undefined; tab: Tab; pick: (tab: Tab) => void };

/** The flag as it is being edited: what is typed is kept on this device, and takes effect when it is saved. */
export function FlagEditor({ flagKey, view, tab, pick }: Props) {
  const { may, why } = useMayEdit();
  const edit = useFlagEdit(flagKey, view);
  const [isSwitching, setSwitching] = useState(false);
  useFlagCommands(edit, may, view !== undefined, () => setSwitching(true), pick);
  const { draft, around, problems } = edit;
  if (!draft.value)
    return (
      <Blank icon={<SearchX aria-hidden />} title="There is no such flag">
        It may have been removed, or the address is mistyped.
      </Blank>
    );

  return (
    <div className="flex h-full flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-5">
          <Head flagKey={flagKey} flag={draft.value} view={view} mayEdit={may} askSwitch={() => setSwitching(true)} />
          {why !== null && <Notice tone="info" title={why} />}
          {view && <Waiting flagKey={flagKey} />}
          {draft.isStale && <Stale current={edit.current} from={draft.from} merge={() => edit.show("conflict")} />}
          <Tabs label="Views of the flag" tabs={views(draft.value)} tab={tab} pick={pick} />
          <BrokenProvider value={edit.reportBroken}>
            <AroundProvider value={around}>
              <Suggestions />
              <View {...{ flagKey, view, tab, edit, may }} flag={draft.value} />
            </AroundProvider>
          </BrokenProvider>
        </div>
      </div>
      {draft.isDirty && may && (
        <SaveBar
          changes={draft.differences.length}
          problems={problems}
          isNew={view === undefined}
          show={({ path: [part] }) => pick(part === "rules" || part === "otherwise" ? "rules" : "settings")}
          save={edit.review}
          discard={edit.discard}
        />
      )}
      <Dialogs flagKey={flagKey} edit={edit} />
      {isSwitching && view && (
        <KillSwitch
          flagKey={flagKey}
          isOn={view.flag.enabled}
          close={() => setSwitching(false)}
          switched={edit.switched}
        />
      )}
    </div>
  );
}

function views(flag: Flag) {
  return [
    { id: "rules", words: "Rules", note: flag.rules.length > 0 ? String(flag.rules.length) : undefined },
    { id: "settings", words: "Variants and settings" },
    { id: "try", words: "Try it" },
    { id: "history", words: "History" },
    { id: "json", words: "JSON" },
  ] as const;
}

type ViewProps = Omit<Props, "pick"> & { flag: Flag; edit: FlagEdit; may: boolean };

function View({ flagKey, view, tab, flag, edit, may }: ViewProps) {
  const { draft } = edit;
  switch (tab) {
    case "rules":
      return <Rules flag={flag} change={draft.change} disabled={!may} />;
    case "settings":
      return (
        <fieldset disabled={!may} className="min-w-0">
          <Settings flag={flag} view={view} change={draft.change} remove={may ? () => edit.show("remove") : null} />
        </fieldset>
      );
    case "try":
      return <Playground flagKey={flagKey} edits={edit.edits} />;
    case "history":
      return <HistoryList kind="flag" itemKey={flagKey} mayUndo={may} />;
    case "json":
      return (
        <fieldset disabled={!may} className="min-w-0">
          <Raw value={flag} change={draft.change} read={(json) => readFlag(flagKey, json)} />
        </fieldset>
      );
  }
}

function useFlagCommands(edit: FlagEdit, may: boolean, isSaved: boolean, ask: () => void, pick: (tab: Tab) => void) {
  const section = "Flag";
  const { draft } = edit;
  const latest = useRef(edit);
  useEffect(() => {
    latest.current = edit;
  });
  // Fields that count when they are left are left first.
  const save = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    requestAnimationFrame(() => latest.current.review());
  };
  const add = () => {
    pick("rules");
    whenThere("[data-add-rule]", (button) => button.click());
  };
  useCommands([
    ...(may
      ? [
          { id: "save", title: "Review and save", section, keys: "mod+s", run: save },
          { id: "add-rule", title: "Add a rule", section, keys: "a", run: add },
          { id: "undo-edit", title: "Undo the last edit", section, keys: "mod+z", run: draft.undo },
          { id: "discard", title: "Discard what is not saved", section, run: edit.discard },
        ]
      : []),
    ...(may && isSaved ? [{ id: "kill", title: "Switch it on or off", section, keys: "shift+k", run: ask }] : []),
    { id: "tab-rules", title: "Show the rules", section, keys: "1", run: () => pick("rules") },
    { id: "tab-settings", title: "Show variants and settings", section, keys: "2", run: () => pick("settings") },
    { id: "tab-try", title: "Try it with a context", section, keys: "3", run: () => pick("try") },
    { id: "tab-history", title: "Show the history", section, keys: "4", run: () => pick("history") },
    { id: "tab-json", title: "Show the JSON", section, keys: "5", run: () => pick("json") },
  ]);
}
