import { createFlags, type Flags } from "./live.ts";
import type { FlagSet } from "./model.ts";
import { overrideCookie } from "./override.ts";
import { defaultFlag, defaults, type KeyOf, type Registry, type ValueOf } from "./registry.ts";

/** Values to answer with, by declared key. */
export type FixedValues<R extends Registry> = { readonly [K in KeyOf<R>]?: ValueOf<R[K]> };

/**
 * A flag set that answers the given values to everybody and the declared defaults elsewhere. Throws an Error for a key
 * that is not declared.
 */
export function fixedFlagSet<R extends Registry>(registry: R, values: FixedValues<R> = {}): FlagSet {
  const set = defaults(registry);
  const flags = Object.entries<unknown>(values).map(([key, value]) => {
    const base = defaultFlag(registry[key] ?? unknownKey(key));
    if (base.type === "boolean") return [key, { ...base, enabled: true, otherwise: { variant: value ? "on" : "off" } }];
    const variants = { ...base.variants, fixed: value };
    return [key, { ...base, enabled: true, variants, otherwise: { variant: "fixed" } }];
  });
  return { ...set, flags: { ...set.flags, ...Object.fromEntries(flags) } };
}

/**
 * Live flags for a test, with `set` to change what they answer from now on; this and `set` throw an Error for a key
 * that is not declared.
 */
export function createTestFlags<R extends Registry>(
  registry: R,
  values: FixedValues<R> = {},
): Flags<R> & { set(values: FixedValues<R>): void } {
  let current = values;
  const flags = createFlags({ registry, flagSet: fixedFlagSet(registry, current) });
  const set = (next: FixedValues<R>) => {
    current = { ...current, ...next };
    flags.replace(fixedFlagSet(registry, current));
  };
  return Object.defineProperties({ set }, Object.getOwnPropertyDescriptors(flags)) as ReturnType<
    typeof createTestFlags<R>
  >;
}

/** A cookie as Playwright's `context.addCookies` takes it. */
export interface OverrideCookie {
  readonly name: string;
  readonly value: string;
  readonly url: string;
  readonly httpOnly: boolean;
  readonly sameSite: "Lax";
}

/** The cookie that carries a signed override, for Playwright's `context.addCookies`. */
export function overrideCookieFor(token: string, url: string): OverrideCookie {
  return { name: overrideCookie, value: token, url, httpOnly: true, sameSite: "Lax" };
}

function unknownKey(key: string): never {
  throw new Error(`no flag '${key}' is declared`);
}
