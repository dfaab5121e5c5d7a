import { RotateCw } from "lucide-react";
import { type FeatureKey, useFeatureFlags } from "@/lib/hooks/use-feature-flags";
import { useCommands } from "../shell/services.ts";
import { useUserId } from "../shell/session.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useShare } from "./share.ts";

/** What is switched on for the person at this page, as it is now. */
export function FeaturesPage() {
  const { flags, isLoading, error, refreshFlags } = useFeatureFlags();
  const userId = useUserId();
  useCommands([
    {
      id: "refresh-flags",
      title: "Ask for the features again",
      section: "Features",
      keys: "r",
      run: () => void refreshFlags(),
    },
  ]);
  // The keys are the flags' own.
  const keys = Object.keys(flags) as FeatureKey[];
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-6">
        <div className="flex items-end justify-between gap-4">
          <div>
            <h1 className="text-lg font-semibold">Features</h1>
            <p className="text-sm text-muted">
              What is switched on for <span className="font-medium text-ink">{userId}</span>. This page follows changes
              by itself.
            </p>
          </div>
          <Button onClick={() => void refreshFlags()}>
            <RotateCw aria-hidden className="size-3.5" />
            Refresh
          </Button>
        </div>
        {error && keys.length === 0 ? (
          <Notice tone="error" title="The features cannot be had right now">
            BeQ's server does not answer. It is asked again by itself.
          </Notice>
        ) : (
          <Table keys={keys} isLoading={isLoading} />
        )}
      </div>
    </div>
  );
}

const head = "px-4 py-2 font-medium";

function Table({ keys, isLoading }: { keys: readonly FeatureKey[]; isLoading: boolean }) {
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table className="w-full text-left text-sm">
        <thead className="border-b border-line text-xs text-faint">
          <tr>
            <th scope="col" className={head}>
              Feature
            </th>
            <th scope="col" className={`${head} whitespace-nowrap`}>
              For you
            </th>
            <th scope="col" className={`${head} max-sm:hidden`}>
              Decided
            </th>
            <th scope="col" className={`${head} text-right max-sm:hidden`}>
              Rollout
            </th>
          </tr>
        </thead>
        <tbody aria-busy={isLoading}>
          {isLoading
            ? ["a", "b", "c", "d", "e"].map((key) => <Waiting key={key} />)
            : keys.map((key) => <Row key={key} name={key} />)}
        </tbody>
      </table>
    </div>
  );
}

const cell = "px-4 py-2.5";
// On narrow screens this stands below the name instead.
const aside = `${cell} text-xs text-muted max-sm:hidden`;

function Row({ name }: { name: FeatureKey }) {
  const { flags } = useFeatureFlags();
  const flag = flags[name];
  const share = useShare(name, flag);
  if (!flag) return null;
  const decided = flag.user_specific ? "Depends on who asks" : "The same for everybody";
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className={`${cell} font-normal`}>
        <span className="block font-medium">{titleOf(name)}</span>
        <span className="block text-xs text-muted">{flag.description}</span>
        <code className="block text-2xs text-faint">{name}</code>
        <span className="block text-xs text-muted sm:hidden">
          {decided}
          {share !== null && `, ${share} %`}
        </span>
      </th>
      <td className={`${cell} whitespace-nowrap`}>
        <Status enabled={flag.enabled} />
      </td>
      <td className={aside}>{decided}</td>
      <td className={`${aside} text-right tabular-nums`}>
        {share === null ? <span aria-label="no rollout">–</span> : `${share} %`}
      </td>
    </tr>
  );
}

/** Filled or hollow and said in words, so that it reads without colour. */
function Status({ enabled }: { enabled: boolean }) {
  return (
    <span className={`inline-flex items-center gap-1.5 ${enabled ? "" : "text-muted"}`}>
      <span
        aria-hidden
        className={`size-2 rounded-full border ${enabled ? "border-accent bg-accent" : "border-edge"}`}
      />
      {enabled ? "On" : "Off"}
    </span>
  );
}

function Waiting() {
  return (
    <tr className="border-b border-line last:border-b-0">
      <td colSpan={4} className="px-4 py-3">
        <Skeleton className="h-10" />
      </td>
    </tr>
  );
}

function titleOf(key: string): string {
  const words = key.replaceAll("_", " ").replace(/^ai\b/, "AI");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
