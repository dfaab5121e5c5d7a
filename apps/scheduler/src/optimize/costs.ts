import { clockRange, minuteOfDay, type Preferences, type Weights } from "../contract/index.ts";
import { type Axis, covered, createLayer, type Layer, timeOf } from "./axis.ts";
import { type Calendar, daily } from "./calendar.ts";
import type { Rule, Want } from "./demand.ts";
import { merge, minuteMs, minutes, type Span } from "./spans.ts";

/** Minutes of each kind of time before each slot. */
export type Layers = {
  readonly preferred: Record<"morning" | "afternoon" | "evening", Layer>;
  readonly peak: Layer;
  readonly focus: Layer;
  readonly lateHours: Layer;
  readonly soft: Layer;
};

/** What a start costs by one soft rule; whole numbers, 0 where the rule is content. */
export type CostRule = { readonly name: CostName; readonly cost: (slot: number) => number };
export type CostName =
  | "deadline"
  | "delay"
  | "preferred_time"
  | "energy"
  | "focus"
  | "late_hours"
  | "soft_constraint"
  | "moved";

export function createLayers(axis: Axis, calendar: Calendar, preferences: Preferences, rules: readonly Rule[]): Layers {
  const layer = (spans: readonly Span[]) => createLayer(axis, merge(spans));
  const peaks = preferences.energy_peak_hours.flatMap((text) => {
    const range = clockRange(text);
    return range ? daily(calendar, range.from, range.to) : [];
  });
  const focus = rules.filter(({ type }) => type === "focus_time");
  const late = daily(
    calendar,
    minuteOfDay(preferences.avoid_scheduling_after),
    minuteOfDay(preferences.work_start_time),
  );
  const soft = rules.filter(({ type, hard }) => !hard && type !== "focus_time" && type !== "no_meetings");
  return {
    preferred: {
      morning: layer(daily(calendar, 6 * 60, 12 * 60)),
      afternoon: layer(daily(calendar, 12 * 60, 17 * 60)),
      evening: layer(daily(calendar, 17 * 60, 22 * 60)),
    },
    peak: layer([...peaks, ...focus]),
    focus: layer(focus),
    lateHours: layer(late),
    soft: layer(soft),
  };
}

/** The soft rules that speak about this task, each as a cost of the slot that it starts in. */
export function costRules(want: Want, axis: Axis, layers: Layers, weights: Weights): CostRule[] {
  const slots = Math.ceil(want.minutes / axis.grid);
  const part = (layer: Layer, slot: number) => covered(layer, slot, slot + slots) / (slots * axis.grid);
  const inside = (layer: Layer, slot: number) => covered(layer, slot, slot + slots);
  const { preferred } = want;
  const hasFocus = covered(layers.focus, 0, axis.size) > 0;
  const demanding = want.priority === "high" || want.priority === "urgent";

  const rules: CostRule[] = [
    deadline(want, axis, weights),
    delay(want, axis, weights),
    { name: "late_hours", cost: (slot) => weights.late_hours_per_minute * inside(layers.lateHours, slot) },
    { name: "soft_constraint", cost: (slot) => weights.soft_constraint_per_minute * inside(layers.soft, slot) },
  ];
  if (preferred !== "anytime") {
    const layer = layers.preferred[preferred];
    rules.push({
      name: "preferred_time",
      cost: (slot) => Math.round(weights.preferred_time * (1 - part(layer, slot))),
    });
  }
  if (demanding) {
    rules.push({ name: "energy", cost: (slot) => Math.round(weights.energy * (1 - part(layers.peak, slot))) });
    if (hasFocus)
      rules.push({ name: "focus", cost: (slot) => Math.round(weights.focus * (1 - part(layers.focus, slot))) });
  } else if (hasFocus) {
    rules.push({ name: "focus", cost: (slot) => weights.focus_taken_per_minute * inside(layers.focus, slot) });
  }
  if (want.home) rules.push(moved(want.home.start, axis, weights));
  return rules;
}

function deadline({ deadline: due, minutes: length, priority }: Want, axis: Axis, weights: Weights): CostRule {
  const factor = weights.priority[priority];
  // A deadline that is past already is counted from the start of planning: what cannot be helped is no cost.
  const from = due === null ? Infinity : Math.max(due, axis.origin);
  return {
    name: "deadline",
    cost: (slot) => {
      const end = timeOf(axis, slot) + length * minuteMs;
      return end <= from
        ? 0
        : factor * (weights.late + weights.tardiness_per_minute * Math.ceil((end - from) / minuteMs));
    },
  };
}

function delay({ minutes: length, priority }: Want, axis: Axis, weights: Weights): CostRule {
  const factor = (weights.priority[priority] * weights.delay_per_hour) / 60;
  return { name: "delay", cost: (slot) => Math.round(factor * (slot * axis.grid + length)) };
}

function moved(home: number, axis: Axis, weights: Weights): CostRule {
  return {
    name: "moved",
    cost: (slot) => {
      const start = timeOf(axis, slot);
      if (start === home) return 0;
      const away = minutes({ start: Math.min(start, home), end: Math.max(start, home) });
      return weights.task_moved + Math.round((weights.task_moved_per_hour * away) / 60);
    },
  };
}

export function costOf(rules: readonly CostRule[], slot: number): number {
  return rules.reduce((sum, { cost }) => sum + cost(slot), 0);
}
