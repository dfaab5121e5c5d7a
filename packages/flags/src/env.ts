import type { Flag, FlagSet, Split } from "./model.ts";
import { nearest } from "./nearest.ts";
import { defaultFlag, type Definition, type Registry } from "./registry.ts";

/** The environment's flags, or every problem in it; each warning and problem is one line. */
export type EnvironmentLayer =
  | { readonly ok: true; readonly flags: FlagSet; readonly warnings: readonly string[] }
  | {
      readonly ok: false;
      readonly problems: readonly string[];
      readonly warnings: readonly string[];
    };

/** Variables of a process or a `.env` file. */
export type Environment = { readonly [name: string]: string | undefined };

const SETTINGS = ["ENABLED", "ROLLOUT", "USERS"];

/**
 * The registry's defaults under what the environment says: `FEATURE_<KEY>_ENABLED` (true 1 yes on, false 0 no off),
 * `FEATURE_<KEY>_ROLLOUT` (percent, 0..100 with up to seven decimals) and `FEATURE_<KEY>_USERS` (ids, comma-separated).
 *
 * Enabled alone is on for all. With users, a rollout or both it is on for those users and for that share of the rest,
 * an absent share being 0; whoever has no id is then off. An unset `ENABLED` is the registry's default. Empty is unset.
 */
export function environmentLayer(registry: Registry, env: Environment): EnvironmentLayer {
  const problems: string[] = [];
  const flags = Object.entries(registry).map(([key, definition]) => {
    const { flag, wrong } = environmentFlag(key, definition, env);
    problems.push(...wrong);
    return [key, flag] as const;
  });

  const warnings = unknownVariables(registry, env);
  if (problems.length > 0) return { ok: false, problems, warnings };
  return {
    ok: true,
    flags: { version: 1, flags: Object.fromEntries(flags), segments: {} },
    warnings,
  };
}

function environmentFlag(key: string, definition: Definition, env: Environment) {
  const wrong: string[] = [];
  const read = <V>(setting: string, parse: (text: string) => V | undefined, expected: string): V | undefined => {
    const variable = variableOf(key, setting);
    const text = env[variable]?.trim();
    if (!text) return undefined;
    const value = parse(text);
    if (value === undefined) wrong.push(`${variable} is ${JSON.stringify(text)}, expected ${expected}`);
    return value;
  };

  const enabled = read("ENABLED", parseSwitch, "true, 1, yes, on or false, 0, no, off");
  const boolean = definition.type === "boolean";
  const rollout = read("ROLLOUT", boolean ? parsePercent : none, boolean ? PERCENT : ONLY_BOOLEAN);
  const users = read("USERS", boolean ? parseUsers : none, boolean ? "user ids separated by commas" : ONLY_BOOLEAN);

  const base = defaultFlag(definition);
  return { flag: narrowed({ ...base, enabled: enabled ?? base.enabled }, users, rollout), wrong };
}

const PERCENT = "a percentage from 0 to 100 with at most 7 decimals";
const ONLY_BOOLEAN = "nothing: only an on/off flag has users and a rollout";
const none = () => undefined;

function narrowed(flag: Flag, users: readonly string[] | undefined, rollout: Split | undefined): Flag {
  if (!users && !rollout) return flag;
  const when = { attribute: "targetingKey", op: "one_of", values: users ?? [] } as const;
  return {
    ...flag,
    rules: users ? [{ id: "users", when, serve: { variant: "on" } }] : [],
    otherwise: rollout ? { split: rollout } : { variant: "off" },
  };
}

function parseSwitch(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (["true", "1", "yes", "on"].includes(word)) return true;
  return ["false", "0", "no", "off"].includes(word) ? false : undefined;
}

function parsePercent(text: string): Split | undefined {
  const match = /^(\d{1,3})(?:\.(\d{1,7}))?$/.exec(text);
  if (!match) return undefined;

  // Digits are moved, not multiplied, so that 0.1 % is exactly 1 of 1000.
  const [, whole = "", decimals = ""] = match;
  const total = 100 * 10 ** decimals.length;
  const on = Number(whole + decimals);
  if (on > total) return undefined;
  return {
    weights: [
      { variant: "on", weight: on },
      { variant: "off", weight: total - on },
    ],
  };
}

function parseUsers(text: string): readonly string[] | undefined {
  const ids = text.split(",").map((id) => id.trim());
  const named = ids.filter((id) => id !== "");
  return named.length > 0 ? [...new Set(named)] : undefined;
}

function unknownVariables(registry: Registry, env: Environment): string[] {
  const known = Object.keys(registry).flatMap((key) => SETTINGS.map((setting) => variableOf(key, setting)));
  return Object.keys(env)
    .filter((name) => name.startsWith("FEATURE_") && !known.includes(name))
    .sort()
    .map((name) => `${name} sets no feature; did you mean ${nearest(name, known)}?`);
}

const variableOf = (key: string, setting: string) => `FEATURE_${key.toUpperCase()}_${setting}`;
