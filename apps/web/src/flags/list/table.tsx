import { useVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useEffect, useImperativeHandle, useState } from "react";
import { useKeys } from "../../shell/keys.ts";
import { useNow } from "../../shell/now.ts";
import { useWide } from "../../shell/width.ts";
import { whenThere } from "../there.ts";
import type { FlagRow } from "../wire.ts";
import { columns, Row } from "./row.tsx";

/** What the page's shortcuts do with the list. */
export type TableHandle = { step: (by: 1 | -1) => void; active: () => FlagRow | undefined };

type Props = {
  ref: Ref<TableHandle>;
  rows: readonly FlagRow[];
  askSwitch: (row: FlagRow) => void;
};

const heights = { wide: 48, narrow: 84 };

/** The rows that are in sight, out of however many there are. Arrows, j and k move from one to the next. */
export function Table({ ref, rows, askSwitch }: Props) {
  const isWide = useWide();
  const now = useNow();
  const [at, setAt] = useState<string | null>(null);
  const height = isWide ? heights.wide : heights.narrow;
  const index = rows.findIndex(({ key }) => key === at);
  const scroller = useKeys<HTMLDivElement>((event) => {
    const keys: Record<string, () => void> = {
      ArrowDown: () => go(index + 1),
      ArrowUp: () => go(index - 1),
      PageDown: () => go(index + 10),
      PageUp: () => go(index - 10),
      Home: () => go(0),
      End: () => go(rows.length - 1),
    };
    const move = keys[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  });
  // Nothing of it is handed to a memoized component.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 8,
  });
  useEffect(() => virtual.measure(), [virtual, height]);

  const go = (next: number) => {
    const to = Math.max(0, Math.min(rows.length - 1, next));
    const row = rows[to];
    if (!row) return;
    setAt(row.key);
    virtual.scrollToIndex(to);
    whenThere(`[data-flag="${CSS.escape(row.key)}"] a`, (link) => link.focus({ preventScroll: true }));
  };
  const step = (by: 1 | -1) => go(index < 0 ? 0 : index + by);
  useImperativeHandle(ref, () => ({ step, active: () => rows[index] ?? rows[0] }));

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto bg-surface">
      <table aria-label="Flags" aria-rowcount={rows.length + 1} className="block">
        <thead className="sticky top-0 z-20 block border-b border-line bg-canvas max-lg:sr-only">
          <tr aria-rowindex={1} className={`${columns} h-7 text-left text-xs text-faint`}>
            {["State", "Flag", "Serves", "Owner and tags", "Changed", "Asked for"].map((name) => (
              <th key={name} scope="col" className="font-normal">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="relative block" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index: place, start, size }) => {
            const row = rows[place];
            return (
              row && (
                <Row
                  key={row.key}
                  row={row}
                  now={now}
                  place={place}
                  style={{ transform: `translateY(${start}px)`, height: size }}
                  isActive={place === Math.max(0, index)}
                  focused={() => setAt(row.key)}
                  askSwitch={() => askSwitch(row)}
                />
              )
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
