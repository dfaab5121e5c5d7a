import { own, type Source } from "./asking.ts";
import type { Resolution } from "./model.ts";

/** Flag keys and the variant that each is to serve. */
export type ForcedVariants = { readonly [key: string]: string };

/** A source whose named flags serve the named variants; what is not a variant of its flag changes nothing. */
export function forcing(source: Source, variants: ForcedVariants): Source {
  const forced = (key: string): Resolution | undefined => {
    const variant = own(variants, key);
    const flag = own(source.flagSet().flags, key);
    const value = flag && variant !== undefined ? own(flag.variants, variant) : undefined;
    if (variant === undefined || value === undefined) return undefined;
    return Object.freeze({ value, variant, reason: "TARGETING_MATCH", rule: "override" });
  };
  return {
    flagSet: source.flagSet,
    keys: source.keys,
    peek: (key, context) => forced(key) ?? source.peek(key, context),
    peekAll: (context) => {
      const keys = source.keys();
      return source.peekAll(context).map((answer, index) => forced(keys[index] ?? "") ?? answer);
    },
    resolve: (key, context) => forced(key) ?? source.resolve(key, context),
  };
}
