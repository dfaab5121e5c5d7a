import { clockRange, minuteOfDay, type Preferences, type Weights } from "../../contract/index.ts";
import { type Axis, covered, createLayer, type Layer, timeOf } from "../time/axis.ts";
import { type Calendar, daily } from "../time/calendar.ts";
import type { Rule, Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import { merge, minuteMs, minutes, type Span } from "../time/spans.ts";

/** Minutes of each kind of time before each slot. */
export type Layers = {
  readonly preferred: Record<"morning" | "afternoon" | "evening", Layer>;
  readonly peak: Layer;
  readonly focus: Layer;
  readonly lateHours: Layer;
  readonly soft: Layer;
};

/**
 * What it costs by one soft rule that the work (not the buffer before it) starts in a slot; whole numbers, 0 where the
 * rule is content.
 */
export type CostRule = { readonly name: CostName; readonly cost: (slot: number) => number };
export type CostName =
  | "deadline"
  | "delay"
  | "preferred_time"
  | "energy"
  | "focus"
  | "late_hours"
  | "soft_constraint"
  | "fragment"
  | "split"
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

/** Where a piece stands on its ground: the slots that it holds, and how many of them come before the work. */
export type Footing = { readonly ground: Ground; readonly slots: number; readonly lead: number };

/** The soft rules that speak about this task, each as a cost of the slot that its work starts in. */
export function costRules(want: Want, axis: Axis, layers: Layers, weights: Weights, footing: Footing): CostRule[] {
  const { piece } = want;
  const rules = [...comfort(want, axis, layers, weights), fragment(footing, axis, weights)];
  rules.unshift(delay(want, axis, weights));
  // A task is as late as its last piece.
  if (!piece || piece.number === piece.of) rules.unshift(deadline(want, axis, weights));
  if (piece && piece.number > 1) rules.push({ name: "split", cost: () => weights.split });
  if (want.home) rules.push(moved(want.home.start, axis, weights));
  return rules.map(({ name, cost }) => ({ name, cost: (slot) => Math.round(cost(slot)) }));
}

/** What a person likes or not about the time of day. A piece counts by its share of the task. */
function comfort(want: Want, axis: Axis, layers: Layers, weights: Weights): CostRule[] {
  const slots = Math.ceil(want.minutes / axis.grid);
  const share = want.piece ? want.minutes / want.piece.minutes : 1;
  const inside = (layer: Layer, slot: number) => covered(layer, slot, slot + slots);
  const missed = (layer: Layer, slot: number) => share * (1 - inside(layer, slot) / (slots * axis.grid));
  const { preferred } = want;
  const hasFocus = covered(layers.focus, 0, axis.size) > 0;
  const demanding = want.priority === "high" || want.priority === "urgent";

  const rules: CostRule[] = [
    { name: "late_hours", cost: (slot) => weights.late_hours_per_minute * inside(layers.lateHours, slot) },
    { name: "soft_constraint", cost: (slot) => weights.soft_constraint_per_minute * inside(layers.soft, slot) },
  ];
  if (preferred !== "anytime")
    rules.push({
      name: "preferred_time",
      cost: (slot) => weights.preferred_time * missed(layers.preferred[preferred], slot),
    });
  if (demanding) rules.push({ name: "energy", cost: (slot) => weights.energy * missed(layers.peak, slot) });
  if (demanding && hasFocus) rules.push({ name: "focus", cost: (slot) => weights.focus * missed(layers.focus, slot) });
  if (!demanding && hasFocus)
    rules.push({ name: "focus", cost: (slot) => weights.focus_taken_per_minute * inside(layers.focus, slot) });
  return rules;
}

/** A rest of free time shorter than this is of no use. */
const usefulMinutes = 30;

/** Leaves a gap that is of no use between the piece and an end of its free stretch, other pieces apart. */
function fragment({ ground, slots, lead }: Footing, axis: Axis, weights: Weights): CostRule {
  const isUseless = (free: number | undefined) => Boolean(free) && (free ?? 0) * axis.grid < usefulMinutes;
  return {
    name: "fragment",
    cost: (slot) => {
      const from = slot - lead;
      const gaps = [ground.behind[from], ground.runs[from + slots]].filter(isUseless);
      return weights.fragment * gaps.length;
    },
  };
}

/** From so much lateness on each hour more costs as much as this one; else weeks late would cost more than never. */
const steepestHours = 14 * 24;

/** The part of lateness that grows: hours beyond the first day, squared, then straight on as steeply as that ends. */
function beyondADay(lateMinutes: number): number {
  const hours = Math.max(0, lateMinutes / 60 - 24);
  const steep = Math.min(hours, steepestHours);
  return steep ** 2 + 2 * steepestHours * (hours - steep);
}

function deadline({ deadline: due, minutes: length, priority }: Want, axis: Axis, weights: Weights): CostRule {
  const factor = weights.priority[priority];
  // A deadline that is past already is counted from the start of planning: what cannot be helped is no cost.
  const from = due === null ? Infinity : Math.max(due, axis.origin);
  return {
    name: "deadline",
    cost: (slot) => {
      const end = timeOf(axis, slot) + length * minuteMs;
      if (end <= from) return 0;
      const late = Math.ceil((end - from) / minuteMs);
      const growing = weights.tardiness_per_hour_beyond_a_day * beyondADay(late);
      return factor * (weights.late + weights.tardiness_per_minute * late + growing);
    },
  };
}

function delay({ minutes: length, priority, piece }: Want, axis: Axis, weights: Weights): CostRule {
  const share = piece ? length / piece.minutes : 1;
  const factor = (share * weights.priority[priority] * weights.delay_per_hour) / 60;
  return { name: "delay", cost: (slot) => factor * (slot * axis.grid + length) };
}

/** Farther than this is no worse: it keeps what a start can cost within bounds. */
const farthestMinutes = 90 * 1_440;

function moved(home: number, axis: Axis, weights: Weights): CostRule {
  return {
    name: "moved",
    cost: (slot) => {
      const start = timeOf(axis, slot);
      if (start === home) return 0;
      const away = minutes({ start: Math.min(start, home), end: Math.max(start, home) });
      return weights.task_moved + (weights.task_moved_per_hour * Math.min(away, farthestMinutes)) / 60;
    },
  };
}

export function costOf(rules: readonly CostRule[], slot: number): number {
  return rules.reduce((sum, { cost }) => sum + cost(slot), 0);
}
