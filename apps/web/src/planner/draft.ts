import type { Preferences, Task, Week } from "@beq/scheduler/contract";
import type { Chosen } from "./matters.ts";

export type BusyEvent = Week["existing_events"][number];

/** A calendar file as it was read. Its recurrences are expanded whenever the planned days change. */
export type CalendarFile = { id: string; name: string; text: string };

/** Everything that a person typed or dropped, before it is planned. */
export type Draft = {
  readonly tasks: readonly Task[];
  readonly events: readonly BusyEvent[];
  readonly calendars: readonly CalendarFile[];
  /**
   * Whether it blocks time, where the person said so against what the calendar says: by the UID of a meeting, or by the
   * id of one occurrence, which goes before it.
   */
  readonly busy: Readonly<Record<string, boolean>>;
  readonly preferences: Preferences;
  readonly constraints: Week["constraints"];
  /** First day or moment to plan, on the wall clock; null: now. */
  readonly planning_start: string | null;
  readonly planning_horizon_days: number;
  /** What matters more or less to the person than it usually does. */
  readonly weights?: Chosen | undefined;
  /** What others put by hand and may be placed again, each where it stands in the stored plan. */
  readonly unpinned?: readonly { event_id: string; start_time: string }[] | undefined;
};

export type Setting = Partial<Omit<Draft, "tasks">>;

export type Action =
  | { kind: "put"; entries: readonly { task: Task; at?: number }[] }
  | { kind: "drop"; ids: readonly string[]; unlink: boolean }
  | { kind: "edit"; id: string; patch: Partial<Task> }
  | { kind: "set"; setting: Setting }
  | { kind: "all"; actions: readonly Action[] };

export function emptyDraft(preferences: Preferences): Draft {
  return {
    tasks: [],
    events: [],
    calendars: [],
    busy: {},
    preferences,
    constraints: [],
    planning_start: null,
    planning_horizon_days: 7,
  };
}

/** Whether nobody has typed anything worth keeping. */
export function isPristine({ tasks, events, calendars, constraints }: Draft): boolean {
  return tasks.length + events.length + calendars.length + constraints.length === 0;
}

/** The draft after `action`. A task that is put under a known id replaces that task where it stands. */
export function apply(draft: Draft, action: Action): Draft {
  switch (action.kind) {
    case "put":
      return { ...draft, tasks: put(draft.tasks, action.entries) };
    case "drop":
      return { ...draft, tasks: drop(draft.tasks, new Set(action.ids), action.unlink) };
    case "edit":
      return {
        ...draft,
        tasks: draft.tasks.map((task) => (task.id === action.id ? { ...task, ...action.patch } : task)),
      };
    case "set":
      return { ...draft, ...action.setting };
    case "all":
      return action.actions.reduce(apply, draft);
    default:
      return unreachable(action);
  }
}

/** The action that takes `action` back: applied to `apply(draft, action)` it gives `draft`. */
export function inverse(draft: Draft, action: Action): Action {
  switch (action.kind) {
    case "put":
      return takeBack(draft, action.entries);
    case "drop":
      return restore(draft, new Set(action.ids), action.unlink);
    case "edit": {
      const task = draft.tasks.find(({ id }) => id === action.id);
      return { kind: "edit", id: action.id, patch: task ? pick(task, action.patch) : {} };
    }
    case "set":
      return { kind: "set", setting: pick(draft, action.setting) };
    case "all":
      return { kind: "all", actions: inverses(draft, action.actions) };
    default:
      return unreachable(action);
  }
}

function put(tasks: readonly Task[], entries: readonly { task: Task; at?: number }[]): Task[] {
  const result = [...tasks];
  for (const { task, at } of entries) {
    const known = result.findIndex(({ id }) => id === task.id);
    if (known >= 0) result[known] = task;
    else result.splice(at ?? result.length, 0, task);
  }
  return result;
}

function drop(tasks: readonly Task[], ids: ReadonlySet<string>, unlink: boolean): Task[] {
  const left = tasks.filter(({ id }) => !ids.has(id));
  if (!unlink) return left;

  return left.map((task) =>
    task.dependencies.some((id) => ids.has(id))
      ? { ...task, ...task.dependencies.filter((id) => ids.has(id)).reduce(unlinked, links(task)) }
      : task,
  );
}

/** What a task waits for, and how long after it. */
type Links = Pick<Task, "dependencies" | "dependency_lags">;

function links({ dependencies, dependency_lags }: Links): Links {
  return { dependencies, dependency_lags };
}

/** The links without those to one task. */
export function unlinked({ dependencies, dependency_lags: lags }: Links, id: string): Links {
  const { [id]: _, ...rest } = lags;
  return { dependencies: dependencies.filter((other) => other !== id), dependency_lags: rest };
}

function takeBack(draft: Draft, entries: readonly { task: Task }[]): Action {
  const before = new Map(draft.tasks.map((task) => [task.id, task]));
  const ids = [...new Set(entries.map(({ task }) => task.id))];
  const replaced = ids.flatMap((id) => before.get(id) ?? []);
  return {
    kind: "all",
    actions: [
      { kind: "drop", ids: ids.filter((id) => !before.has(id)), unlink: false },
      { kind: "put", entries: replaced.map((task) => ({ task })) },
    ],
  };
}

function restore(draft: Draft, ids: ReadonlySet<string>, unlink: boolean): Action {
  const entries = draft.tasks.flatMap((task, at) => (ids.has(task.id) ? [{ task, at }] : []));
  const linked = draft.tasks.filter((task) => !ids.has(task.id) && task.dependencies.some((id) => ids.has(id)));
  const backs = unlink ? linked.map((task): Action => ({ kind: "edit", id: task.id, patch: links(task) })) : [];
  return { kind: "all", actions: [{ kind: "put", entries }, ...backs] };
}

function inverses(draft: Draft, actions: readonly Action[]): Action[] {
  let current = draft;
  const steps = actions.map((action) => {
    const step = inverse(current, action);
    current = apply(current, action);
    return step;
  });
  return steps.toReversed();
}

// Object.entries forgets which key had which type; the keys come from `part`, so the values of `whole` fit it.
function pick<T extends object>(whole: T, part: Partial<T>): Partial<T> {
  return Object.fromEntries(Object.keys(part).map((key) => [key, whole[key as keyof T]])) as Partial<T>;
}

function unreachable(value: never): never {
  throw new Error(`unhandled case ${JSON.stringify(value)}`);
}
