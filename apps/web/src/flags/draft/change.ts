import type { Flag, FlagType, FlagValue, Rule, Serve } from "@beq/flags";

/** A rule that holds for everybody and serves what the flag serves anyway: nothing changes until it is edited. */
export function addRule(flag: Flag, id: string): Flag {
  const rule: Rule = { id, when: { attribute: "", op: "equals", value: "" }, serve: startingServe(flag) };
  return { ...flag, rules: [...flag.rules, rule] };
}

/** The first name of the shape `rule-2` that no rule has. */
export function freeRuleId(flag: Flag): string {
  return freeName(
    "rule",
    flag.rules.map(({ id }) => id),
  );
}

export function freeName(stem: string, taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number += 1) {
    const name = `${stem}-${number}`;
    if (!taken.includes(name)) return name;
  }
}

export function changeRule(flag: Flag, index: number, patch: Partial<Rule>): Flag {
  return { ...flag, rules: flag.rules.map((rule, at) => (at === index ? { ...rule, ...patch } : rule)) };
}

export function dropRule(flag: Flag, index: number): Flag {
  return { ...flag, rules: flag.rules.toSpliced(index, 1) };
}

/** The flag with the rule from one place at another; the others keep their order. */
export function moveRule(flag: Flag, from: number, to: number): Flag {
  const rule = flag.rules[from];
  if (!rule || to < 0 || to >= flag.rules.length) return flag;
  return { ...flag, rules: flag.rules.toSpliced(from, 1).toSpliced(to, 0, rule) };
}

/** Gives a variant another name wherever this flag names it. */
export function renameVariant(flag: Flag, from: string, to: string): Flag {
  if (from === to || to === "" || Object.hasOwn(flag.variants, to)) return flag;
  const named = (name: string) => (name === from ? to : name);
  const served = (serve: Serve): Serve => {
    if ("variant" in serve) return { variant: named(serve.variant) };
    if ("off" in serve) return serve;
    const weights = serve.split.weights.map((entry) => ({ ...entry, variant: named(entry.variant) }));
    return { split: { ...serve.split, weights } };
  };
  return {
    ...flag,
    variants: Object.fromEntries(Object.entries(flag.variants).map(([name, value]) => [named(name), value])),
    off: flag.off === null ? null : named(flag.off),
    rules: flag.rules.map((rule) => ({ ...rule, serve: served(rule.serve) })),
    otherwise: served(flag.otherwise),
  };
}

export function setVariant(flag: Flag, name: string, value: FlagValue): Flag {
  return { ...flag, variants: { ...flag.variants, [name]: value } };
}

/** Without the variant; whatever served it says so as a problem, because only a person knows what to serve instead. */
export function dropVariant(flag: Flag, name: string): Flag {
  const variants = Object.fromEntries(Object.entries(flag.variants).filter(([other]) => other !== name));
  return { ...flag, variants, off: flag.off === name ? null : flag.off };
}

/** Whether the flag serves the variant anywhere, so that it cannot simply be removed. */
export function serves(flag: Flag, name: string): boolean {
  const isIn = (serve: Serve) =>
    "variant" in serve
      ? serve.variant === name
      : "split" in serve && serve.split.weights.some(({ variant }) => variant === name);
  return flag.off === name || isIn(flag.otherwise) || flag.rules.some((rule) => isIn(rule.serve));
}

const starting: Record<FlagType, { variants: Flag["variants"]; off: string; otherwise: string }> = {
  boolean: { variants: { on: true, off: false }, off: "off", otherwise: "off" },
  string: { variants: { default: "" }, off: "default", otherwise: "default" },
  number: { variants: { default: 0 }, off: "default", otherwise: "default" },
  json: { variants: { default: {} }, off: "default", otherwise: "default" },
};

/** What a flag starts with: enabled, and the same answer for everybody. */
export function newFlag(type: FlagType, description: string): Flag {
  const { variants, off, otherwise } = starting[type];
  return {
    description,
    type,
    enabled: true,
    variants,
    off,
    requires: [],
    rules: [],
    otherwise: { variant: otherwise },
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "temporary",
    version: 0,
  };
}

/** The variant that people mean by “on”: not the one served when off, where there is another. */
function startingServe(flag: Flag): Serve {
  const names = Object.keys(flag.variants);
  return { variant: names.find((name) => name !== flag.off) ?? names[0] ?? "" };
}

/** A split in equal order of the variants, all of it still with what was served before. */
export function splitOf(flag: Flag, before: Serve): Serve {
  const names = Object.keys(flag.variants);
  const first = "variant" in before ? before.variant : (flag.off ?? names[0]);
  // What is rolled out stands first: growing it then takes nobody out.
  const order = names.toSorted((a, b) => Number(a === flag.off) - Number(b === flag.off));
  return { split: { weights: order.map((variant) => ({ variant, weight: variant === first ? 100 : 0 })) } };
}
