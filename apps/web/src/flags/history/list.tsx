import { History as HistoryIcon, Undo2 } from "lucide-react";
import { useState } from "react";
import { useNow } from "../../shell/now.ts";
import { refusalOf, wordsOf } from "../../shell/refusal.ts";
import { trpc } from "../../trpc.ts";
import { Badge } from "../../ui/badge.tsx";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { When } from "../../ui/when.tsx";
import { useActs } from "../act.ts";
import { useHistory } from "../ask.ts";
import { Lines } from "../save/lines.tsx";
import { differencesOf, type HistoryItem, type Kind } from "../wire.ts";
import { spreadInWords } from "./spread.ts";

const page = 20;
// An import may be of thousands.
const mostShown = 10;

type Props = { kind?: Kind; itemKey?: string; mayUndo: boolean };

/** Every change that was saved, the newest first: who, when, why, and what differed. */
export function HistoryList({ kind, itemKey, mayUndo }: Props) {
  const history = useHistory({ ...(kind ? { kind } : {}), ...(itemKey === undefined ? {} : { key: itemKey }) }, page);
  const items = history.data?.pages.flatMap((one) => one.items) ?? [];
  if (history.isPending) return <Skeleton className="h-40" />;
  if (history.error) return <Notice tone="error" title={wordsOf(refusalOf(history.error))} />;
  if (items.length === 0)
    return (
      <p className="flex items-center gap-2 py-8 text-sm text-muted">
        <HistoryIcon aria-hidden className="size-4 text-faint" />
        Nothing was saved yet. Every change will stand here with who made it, why, and what differed.
      </p>
    );
  return (
    <div className="flex flex-col gap-3">
      <ol aria-label="Changes" className="flex flex-col gap-3">
        {items.map((item) => (
          <Change key={item.version} item={item} itemKey={itemKey} mayUndo={mayUndo} />
        ))}
      </ol>
      {history.hasNextPage && (
        <div>
          <Button disabled={history.isFetchingNextPage} onClick={() => void history.fetchNextPage()}>
            Show older changes
          </Button>
        </div>
      )}
    </div>
  );
}

const origins: Record<HistoryItem["origin"], string | null> = {
  ui: null,
  api: "by API",
  import: "import",
  schedule: "as planned",
  undo: null,
  request: "approved",
};

type ChangeProps = { item: HistoryItem; itemKey: string | undefined; mayUndo: boolean };

function Change({ item, itemKey, mayUndo }: ChangeProps) {
  const now = useNow();
  const { undo } = useActs();
  const own = item.edits.filter(({ key }) => itemKey === undefined || key === itemKey);
  const shown = own.slice(0, mostShown);
  const others = item.edits.length - shown.length;
  return (
    <li data-version={item.version} className="rounded-lg border border-line bg-surface p-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
        <span className="font-medium">{item.author.name}</span>
        <span className="text-muted">
          <When at={item.at} now={now} />
        </span>
        <Badge>version {item.version}</Badge>
        {origins[item.origin] && <Badge>{origins[item.origin]}</Badge>}
        {item.undoes !== null && <Badge>takes back version {item.undoes}</Badge>}
        {item.undone_by !== null && <Badge>taken back by version {item.undone_by}</Badge>}
        {mayUndo && item.undone_by === null && (
          <Button size="small" kind="quiet" className="ml-auto" onClick={() => void undo(item.version)}>
            <Undo2 aria-hidden className="size-3.5" />
            Take back
          </Button>
        )}
      </div>
      {item.comment && <p className="mt-1 text-sm break-words">“{item.comment}”</p>}
      <div className="mt-2 flex flex-col gap-2">
        {shown.map((edit) => (
          <Edited key={`${edit.kind} ${edit.key}`} edit={edit} isNamed={itemKey === undefined} />
        ))}
        {others > 0 && (
          <p className="text-xs text-muted">
            and {others === 1 ? "one more item" : `${others.toLocaleString("en")} more items`}
          </p>
        )}
      </div>
      <Speed version={item.version} isFresh={now - Date.parse(item.at) < freshMilliseconds} />
    </li>
  );
}

function Edited({ edit, isNamed }: { edit: HistoryItem["edits"][number]; isNamed: boolean }) {
  const { key, created, removed } = edit;
  const differences = differencesOf(edit);
  const what = created ? "saved for the first time" : removed ? "what was saved is removed" : null;
  return (
    <div>
      {(isNamed || what) && (
        <p className="mb-1 text-xs text-muted">
          {isNamed && <code className="mr-1.5 text-ink">{key}</code>}
          {what}
        </p>
      )}
      {differences.length > 0 && <Lines label={`What differs in ${key}`} differences={differences} />}
    </div>
  );
}

// A server remembers its last hundred changes, until it is started again: older ones are asked for only on demand.
const freshMilliseconds = 600_000;

/** How fast it was everywhere. */
function Speed({ version, isFresh }: { version: number; isFresh: boolean }) {
  const [isAsked, setAsked] = useState(false);
  const speed = trpc.flags.propagation.useQuery({ version }, { enabled: isFresh || isAsked, staleTime: 5_000 });
  const look = "mt-2 text-xs text-faint";
  if (speed.data) return <p className={look}>{spreadInWords(speed.data)}</p>;
  if (speed.error && isAsked) return <p className={look}>The server does not remember how fast this one was.</p>;
  if (isFresh) return null;
  return (
    <button type="button" onClick={() => setAsked(true)} className={`${look} h-6 underline hover:text-ink`}>
      How fast was it everywhere?
    </button>
  );
}
