import { Link } from "@tanstack/react-router";
import { Clock3, UserCheck } from "lucide-react";
import type { CSSProperties } from "react";
import { Badge, OnOff } from "../../ui/badge.tsx";
import { When } from "../../ui/when.tsx";
import type { FlagRow } from "../wire.ts";
import { staleWords } from "./stale.ts";

/** The columns of the list, where there is room for them. */
export const columns =
  "grid items-center gap-x-3 px-4 lg:grid-cols-[4rem_minmax(0,2.2fr)_minmax(0,1.6fr)_minmax(0,1.1fr)_8rem_6.5rem]";

type Props = {
  row: FlagRow;
  now: number;
  place: number;
  style: CSSProperties;
  isActive: boolean;
  focused: () => void;
  askSwitch: () => void;
};

/** One flag on one line, on narrow screens on three; its link covers all of it but the switch. */
export function Row({ row, now, place, style, isActive, focused, askSwitch }: Props) {
  return (
    <tr
      aria-rowindex={place + 2}
      data-flag={row.key}
      style={style}
      className={`${columns} absolute inset-x-0 top-0 border-b border-line hover:bg-hover has-focus-visible:bg-hover max-lg:grid-cols-[1fr_auto] max-lg:content-center`}
    >
      <td className="max-lg:order-2">
        <button
          type="button"
          tabIndex={-1}
          title="Switch it on or off (Shift+K)"
          onClick={askSwitch}
          className="relative z-10 -ml-1.5 inline-flex h-7 items-center rounded-md px-1.5 text-sm hover:bg-busy"
        >
          <OnOff on={row.enabled} />
        </button>
      </td>
      <th scope="row" className="min-w-0 text-left font-normal">
        <span className="flex items-center gap-1.5">
          <Link
            to="/flags/$key"
            params={{ key: row.key }}
            tabIndex={isActive ? 0 : -1}
            onFocus={focused}
            className="truncate text-sm font-medium outline-none after:absolute after:inset-0 focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
          >
            {row.key}
          </Link>
          <Marks row={row} />
        </span>
        <span className="block truncate text-xs text-muted">{row.description || row.type}</span>
        <span className="block truncate text-xs lg:hidden">{row.summary}</span>
      </th>
      <td className="truncate text-sm max-lg:hidden" title={row.summary}>
        {row.summary}
      </td>
      <td className="flex min-w-0 items-center gap-1.5 overflow-hidden text-xs text-muted max-lg:hidden">
        {row.owner && <span className="truncate">{row.owner}</span>}
        {row.tags.slice(0, 2).map((tag) => (
          <Badge key={tag}>#{tag}</Badge>
        ))}
        {row.tags.length > 2 && <span>+{row.tags.length - 2}</span>}
      </td>
      <td className="min-w-0 truncate text-xs text-muted max-lg:hidden">
        {row.changed_at ? (
          <>
            <When at={row.changed_at} now={now} />
            <span className="block truncate text-faint">{row.changed_by}</span>
          </>
        ) : (
          layers[row.layer]
        )}
      </td>
      <td className="truncate text-xs text-muted max-lg:hidden">
        {row.last_evaluated_at ? <When at={row.last_evaluated_at} now={now} /> : "not yet"}
      </td>
    </tr>
  );
}

const layers: Record<FlagRow["layer"], string> = { code: "by code", environment: "by environment", stored: "saved" };

function Marks({ row }: { row: FlagRow }) {
  return (
    <>
      {row.stale && (
        <Badge tone="warning" title={staleWords[row.stale].why}>
          {staleWords[row.stale].words}
        </Badge>
      )}
      {row.planned > 0 && (
        <span
          title={`${row.planned} planned`}
          className="inline-flex shrink-0 items-center gap-0.5 text-2xs text-muted"
        >
          <Clock3 aria-hidden className="size-3" />
          {row.planned}
          <span className="sr-only">planned changes</span>
        </span>
      )}
      {row.requested > 0 && (
        <span
          title={`${row.requested} to approve`}
          className="inline-flex shrink-0 items-center gap-0.5 text-2xs text-muted"
        >
          <UserCheck aria-hidden className="size-3" />
          {row.requested}
          <span className="sr-only">changes to approve</span>
        </span>
      )}
    </>
  );
}
