import type { Flag, Serve } from "@beq/flags";

/** What a flag does, in a few words for a list: `on for 25 %`, `off`, `3 rules, else off`. */
export function summaryOf(flag: Flag): string {
  if (!flag.enabled) return "off";
  const rest = served(flag, flag.otherwise);
  const count = flag.rules.length;
  const rules = count === 0 ? "" : `${count} ${count === 1 ? "rule" : "rules"}, else `;
  const needs = flag.requires.length === 0 ? "" : `, if ${flag.requires.map((need) => need.flag).join(" and ")}`;
  return `${rules}${rest}${needs}`;
}

function served(flag: Flag, serve: Serve): string {
  if ("variant" in serve) return serve.variant;
  if ("off" in serve) return flag.off ?? "the code's default";

  const { weights } = serve.split;
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const shares = weights
    .filter(({ weight }) => weight > 0)
    .map((one) => ({ ...one, percent: percentOf(one.weight, total) }));
  const [only] = shares;
  if (only && shares.length === 1) return only.variant;
  // An on/off flag is told by its share of on.
  const on = shares.find(({ variant }) => flag.variants[variant] === true);
  if (on && flag.type === "boolean") return `${on.variant} for ${on.percent}`;
  return shares.map(({ variant, percent }) => `${variant} ${percent}`).join(", ");
}

function percentOf(weight: number, total: number): string {
  return `${Number(((100 * weight) / total).toPrecision(6))} %`;
}
