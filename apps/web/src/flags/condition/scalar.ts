import type { Scalar } from "@beq/flags";

/** What a value is compared as: `1` as a number is another value than `1` as a text. */
export const kinds = { string: "text", number: "number", boolean: "yes/no" } as const;
export type Kind = keyof typeof kinds;

export function kindOf(value: Scalar | undefined): Kind {
  return typeof value === "number" || typeof value === "boolean" ? (typeof value as Kind) : "string";
}

/** What a typed text is as a value of that kind; undefined where it is none. */
export function scalarIn(text: string, kind: Kind): Scalar | undefined {
  const trimmed = text.trim();
  if (kind === "string") return trimmed;
  if (kind === "boolean") return { true: true, yes: true, false: false, no: false }[trimmed.toLowerCase()];
  return trimmed !== "" && Number.isFinite(Number(trimmed)) ? Number(trimmed) : undefined;
}

/** The values as the other kind; those that are none of it stay what they are. */
export function asKind(values: readonly Scalar[], kind: Kind): Scalar[] {
  return values.map((value) => scalarIn(String(value), kind) ?? value);
}

/** The parts of a list that somebody types or pastes; quotes keep a comma within one part. */
export function partsIn(text: string): string[] {
  const parts = text.match(/"[^"]*"|[^,;\n\t]+/g) ?? [];
  return parts.map((part) => part.trim().replace(/^"(.*)"$/, "$1")).filter(Boolean);
}
