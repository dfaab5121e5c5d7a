import { describeRule, describeSegment, describeServe, type Flag, type Segment } from "@beq/flags";

/** What a flag or segment that is not here yet will do. */
export function Arriving({ value }: { value: Flag | Segment }) {
  const lines = "rules" in value ? flagLines(value) : [describeSegment(value)];
  return (
    <ul className="flex flex-col gap-0.5 text-xs text-muted">
      {lines.map((line) => (
        <li key={line} className="wrap-anywhere">
          {line}
        </li>
      ))}
    </ul>
  );
}

const mostRules = 5;

function flagLines(flag: Flag): string[] {
  const { type, enabled, rules, otherwise, description } = flag;
  return [
    `${type}, ${enabled ? "on" : "off"}${description ? `: ${description}` : ""}`,
    ...rules.slice(0, mostRules).map((rule, index) => `${index + 1}. ${describeRule(rule)}`),
    ...(rules.length > mostRules ? [`and ${rules.length - mostRules} more rules`] : []),
    `Everybody else: ${describeServe(otherwise)}`,
  ];
}
