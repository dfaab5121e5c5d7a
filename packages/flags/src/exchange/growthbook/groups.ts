import type { Condition, Json, Scalar, Segment } from "../../model.ts";
import { NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";
import { attributeName, condition, isNamed, within, type Groups } from "./condition.ts";

type Named = { readonly [name: string]: Json };

/** Saved groups, each a segment from when a condition first names it. */
export function createGroups(all: Named): Groups & { segments(): { readonly [name: string]: Segment } } {
  const segments = new Map<string, Segment>();
  const reading = new Set<string>();
  const entry = (id: string) => (Object.hasOwn(all, id) ? all[id] : undefined);

  const list = (id: string, attribute: string, path: Path = ["savedGroups", id]): Condition | undefined => {
    const values = valuesOf(entry(id));
    if (!values) return undefined;
    // The attribute is the condition's, so that one group may be two segments.
    const name = segmentName(id, attribute, segments);
    segments.set(name, { description: attribute, when: within(attribute, scalars(values, path)) });
    return { segment: name };
  };
  const shared = (id: string, source: Json, path: Path): Condition => {
    if (reading.has(id)) throw new Unsupported(path, `the saved group '${id}' is within itself`);
    reading.add(id);
    try {
      segments.set(id, { when: condition(source, ["savedGroups", id, "condition"], groups) });
    } finally {
      reading.delete(id);
    }
    return { segment: id };
  };
  const groups: Groups = {
    list: (id, attribute) => list(id, attribute),
    named: (reference, path) => {
      const { id, attributeKey } = isNamed(reference) ? reference : {};
      const group = typeof id === "string" ? entry(id) : undefined;
      if (typeof id !== "string" || !isNamed(group)) return NEVER;
      if (group["type"] === "condition")
        return isNamed(group["condition"]) ? shared(id, group["condition"], path) : NEVER;

      const attribute = attributeKey ?? group["attributeKey"];
      if (group["type"] !== "list" || typeof attribute !== "string") return NEVER;
      return list(id, attributeName(attribute), path) ?? NEVER;
    },
  };
  return { ...groups, segments: () => Object.fromEntries(segments) };
}

/** The members of a list, bare or described; a group that does not exist has none. Undefined for what is no list. */
function valuesOf(group: Json | undefined): readonly Json[] | undefined {
  if (group === undefined) return [];
  const values = isNamed(group) && group["type"] === "list" ? group["values"] : group;
  return Array.isArray(values) ? values : undefined;
}

function segmentName(id: string, attribute: string, known: ReadonlyMap<string, Segment>): string {
  const other = known.get(id);
  return other === undefined || other.description === attribute ? id : `${id} by ${attribute}`;
}

function scalars(values: readonly Json[], path: Path): Scalar[] {
  return values.map((value, index) => {
    if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
    throw new Unsupported([...path, "values", index], "expected a text or a number");
  });
}
