import "../../lib/strict.ts";
import {
  Constraint,
  DateTime,
  ExistingEvent,
  invalidList,
  Preferences,
  type Task,
  WeekFields,
  Weights,
} from "@beq/scheduler/contract";
import type { z } from "zod";
import type { Setting } from "../draft.ts";
import { isRecord } from "./record.ts";
import { type Context, readRows, type Refused } from "./rows.ts";

/** What a tasks file holds. `setting` is only what the file says; `refused` is everything that could not be taken. */
export type Document = { tasks: Task[]; setting: Setting; refused: Refused[]; problem: string | null };

/**
 * A tasks file: an array of tasks, or an object with `tasks` and, if wanted, `user_preferences`, `constraints`,
 * `existing_events`, `planning_start`, `planning_horizon_days`, `weights`.
 * @param preferences those in force; the file's are laid over them
 */
export function readJson(text: string, context: Context, preferences: Preferences): Document {
  const parsed = parse(text);
  if ("problem" in parsed) return failed(parsed.problem);

  const whole = Array.isArray(parsed.value) ? { tasks: parsed.value } : parsed.value;
  const rows = isRecord(whole) ? (whole["tasks"] ?? []) : undefined;
  if (!isRecord(whole) || !Array.isArray(rows) || !Object.keys(whole).some((key) => key in WeekFields.shape))
    return failed('No tasks in it: expected a list of tasks, or an object such as {"tasks": [ … ]}.');

  const rest = settingsOf(whole, preferences);
  // "fri" in a file that names its week means the Friday of that week.
  const today = rest.setting.planning_start?.slice(0, 10) ?? context.today;
  const { tasks, refused } = readRows(rows, { ...context, today }, (index) => `tasks[${index}]`);
  return { tasks, setting: rest.setting, refused: [...refused, ...rest.refused], problem: null };
}

function parse(text: string): { value: unknown } | { problem: string } {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, "")) as unknown };
  } catch (error) {
    return { problem: `This is not valid JSON: ${error instanceof Error ? error.message : String(error)}.` };
  }
}

function failed(problem: string): Document {
  return { tasks: [], setting: {}, refused: [], problem };
}

type Taken = { setting: Setting; refused: Refused[] };

function settingsOf(whole: Record<string, unknown>, preferences: Preferences): Taken {
  const events = items(ExistingEvent, whole["existing_events"], "existing_events");
  const constraints = items(Constraint, whole["constraints"], "constraints");
  const start = one(DateTime.nullish(), whole["planning_start"], "planning_start");
  const horizon = one(
    WeekFields.shape.planning_horizon_days,
    whole["planning_horizon_days"] ?? 7,
    "planning_horizon_days",
  );
  const weights = one(Weights.nullish(), whole["weights"], "weights");
  const merged = mergePreferences(whole["user_preferences"], preferences);
  return {
    setting: {
      ...(events.taken.length > 0 ? { events: events.taken } : {}),
      ...(constraints.taken.length > 0 ? { constraints: constraints.taken } : {}),
      ...(start.taken ? { planning_start: start.taken } : {}),
      ...(whole["planning_horizon_days"] !== undefined && horizon.taken
        ? { planning_horizon_days: horizon.taken }
        : {}),
      ...(merged.taken ? { preferences: merged.taken } : {}),
      ...(weights.taken ? { weights: weights.taken } : {}),
    },
    refused: [events, constraints, start, horizon, merged, weights].flatMap(({ refused }) => refused),
  };
}

function items<T>(schema: z.ZodType<T>, value: unknown, name: string): { taken: T[]; refused: Refused[] } {
  if (value === undefined || value === null) return { taken: [], refused: [] };
  if (!Array.isArray(value))
    return { taken: [], refused: [{ where: name, problems: ["expected a list"], row: value }] };

  const parsed = value.map((item, index) => one(schema, item, `${name}[${index}]`));
  return {
    taken: parsed.flatMap(({ taken }) => (taken === undefined ? [] : [taken])),
    refused: parsed.flatMap(({ refused }) => refused),
  };
}

function one<T>(schema: z.ZodType<T>, value: unknown, where: string): { taken: T | undefined; refused: Refused[] } {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { taken: parsed.data, refused: [] };

  const problems = invalidList(parsed.error.issues, value, () => where);
  return {
    taken: undefined,
    refused: [{ where, problems: problems.map(({ loc, msg }) => [...loc.slice(1), msg].join(": ")), row: value }],
  };
}

/** Lays the file's preferences over those in force; a field that is wrong is refused alone. */
function mergePreferences(
  value: unknown,
  preferences: Preferences,
): { taken: Preferences | undefined; refused: Refused[] } {
  if (value === undefined || value === null) return { taken: undefined, refused: [] };
  if (!isRecord(value))
    return { taken: undefined, refused: [{ where: "user_preferences", problems: ["expected an object"], row: value }] };

  const known = Object.entries(value).filter(([field]) => field in Preferences.shape);
  let taken = preferences;
  const refused: Refused[] = [];
  for (const [field, given] of known) {
    const merged = one(Preferences, { ...taken, [field]: given }, "user_preferences");
    if (merged.taken) taken = merged.taken;
    else refused.push(...merged.refused.map((item) => ({ ...item, row: { [field]: given } })));
  }
  return { taken: known.length > 0 ? taken : undefined, refused };
}
