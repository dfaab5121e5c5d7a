import { clockRange, minuteOfDay, type Preferences } from "../../contract/index.ts";
import { type Axis, createLayer, type Layer } from "../time/axis.ts";
import { type Calendar, daily } from "../time/calendar.ts";
import type { Rule } from "./demand.ts";
import { merge, type Span } from "../time/spans.ts";

/** The kinds of time that somebody likes or dislikes to work in. */
export type Layers = {
  readonly preferred: Record<"morning" | "afternoon" | "evening", Layer>;
  /** Energy peaks, and focus time, which is one. */
  readonly peak: Layer;
  readonly focus: Layer;
  readonly lateHours: Layer;
  /** What soft constraints would keep free. */
  readonly soft: Layer;
};

export function createLayers(axis: Axis, calendar: Calendar, preferences: Preferences, rules: readonly Rule[]): Layers {
  const layer = (spans: readonly Span[]) => createLayer(axis, merge(spans));
  const hours = (from: number, to: number) => daily(calendar, from * 60, to * 60);
  const peaks = preferences.energy_peak_hours.flatMap((text) => {
    const range = clockRange(text);
    return range ? daily(calendar, range.from, range.to) : [];
  });
  const focus = rules.filter(({ type }) => type === "focus_time");
  const { avoid_scheduling_after: late, work_start_time: early } = preferences;
  return {
    preferred: { morning: layer(hours(6, 12)), afternoon: layer(hours(12, 17)), evening: layer(hours(17, 22)) },
    peak: layer([...peaks, ...focus]),
    focus: layer(focus),
    lateHours: layer(daily(calendar, minuteOfDay(late), minuteOfDay(early))),
    soft: layer(rules.filter(({ type, hard }) => !hard && type !== "focus_time" && type !== "no_meetings")),
  };
}
