import type { Flag, Split } from "@beq/flags";
import { Plus, X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { Numeric } from "../../ui/compact.tsx";
import { nextStop, percentOf, shownPercent, withPercent } from "./share.ts";

type Props = { flag: Flag; split: Split; onChange: (split: Split) => void };

/** The share of each variant: a slider for the mouse, a number to a thousandth of a percent and below. */
export function Shares({ flag, split, onChange }: Props) {
  const { weights } = split;
  const set = (next: Split["weights"]) => onChange({ ...split, weights: next });
  const missing = Object.keys(flag.variants).filter((name) => !weights.some(({ variant }) => variant === name));
  return (
    <div className="flex max-w-xl flex-col gap-1 rounded-md border border-line bg-canvas p-2">
      <Bar split={split} />
      <ul className="flex flex-col gap-1">
        {weights.map(({ variant, weight }, index) => (
          <li key={variant} className="flex items-center gap-2 text-sm max-sm:flex-wrap">
            <Swatch index={index} />
            <span className="min-w-0 truncate max-sm:flex-1 sm:w-28 sm:shrink-0" title={variant}>
              {variant}
            </span>
            <Slider
              label={`Share of ${variant}`}
              percent={percentOf(weights, index)}
              onChange={(percent) => set(withPercent(weights, index, percent))}
            />
            <Numeric
              aria-label={`Percent of ${variant}`}
              min={0}
              max={100}
              className="w-22 text-right tabular-nums"
              value={shownPercent(percentOf(weights, index))}
              onNumber={(percent) => set(withPercent(weights, index, percent))}
            />
            <span className="text-muted">%</span>
            <button
              type="button"
              aria-label={`Leave ${variant} out of the percentages`}
              disabled={weight > 0 || weights.length < 2}
              title={weight > 0 ? "Its share must be 0 first" : "Leave it out"}
              onClick={() => set(weights.toSpliced(index, 1))}
              className="grid size-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink disabled:opacity-30"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
      {missing.length > 0 && (
        <div className="flex flex-wrap gap-1">
          {missing.map((variant) => (
            <button
              key={variant}
              type="button"
              onClick={() => set([...weights, { variant, weight: 0 }])}
              className="inline-flex h-6 items-center gap-1 rounded-md px-1.5 text-xs text-muted hover:bg-hover hover:text-ink disabled:hidden"
            >
              <Plus aria-hidden className="size-3" />
              {variant}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Slider({ label, percent, onChange }: { label: string; percent: number; onChange: (percent: number) => void }) {
  const pressed = (event: KeyboardEvent) => {
    const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if ((direction !== 1 && direction !== -1) || event.altKey || event.metaKey) return;
    event.preventDefault();
    onChange(nextStop(percent, direction));
  };
  return (
    <input
      type="range"
      aria-label={label}
      aria-valuetext={`${shownPercent(percent)} percent`}
      title="Arrow keys go by whole percents, finer near 0 and 100"
      min={0}
      max={100}
      step={0.001}
      value={percent}
      onKeyDown={pressed}
      // A pointer cannot hit thousandths; tenths are what a hand can do.
      onChange={({ target }) => onChange(Math.round(target.valueAsNumber * 10) / 10)}
      className="h-6 min-w-0 flex-1 accent-(--color-accent) max-sm:order-last max-sm:basis-full"
    />
  );
}

const fills = ["bg-accent", "bg-edge", "hatched bg-busy", "bg-accent-soft", "bg-warn", "bg-line"];

function Swatch({ index }: { index: number }) {
  return (
    <span aria-hidden className={`size-2.5 shrink-0 rounded-xs border border-edge ${fills[index % fills.length]}`} />
  );
}

/** The shares side by side. */
function Bar({ split: { weights } }: { split: Split }) {
  return (
    <div aria-hidden className="mb-1 flex h-2 gap-px overflow-hidden rounded-full">
      {weights.map(({ variant, weight }, index) => (
        <span
          key={variant}
          className={fills[index % fills.length]}
          style={{ flexGrow: weight, minWidth: weight > 0 ? 2 : 0 }}
        />
      ))}
    </div>
  );
}
