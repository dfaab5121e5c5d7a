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
  const shared = (id: string, source: Json): Condition => {
    // A group within itself holds nobody, as in GrowthBook.
    if (reading.has(id)) return NEVER;
    reading.add(id);
    const when = condition(source, ["savedGroups", id, "condition"], groups);
    reading.delete(id);
    segments.set(id, { when });
    return { segment: id };
  };
  const groups: Groups = {
    list: (id, attribute) => list(id, attribute),
    named: (reference, path) => {
      const { id, attributeKey } = isNamed(reference) ? reference : {};
      const group = typeof id === "string" ? entry(id) : undefined;
      if (typeof id !== "string" || !isNamed(group)) return NEVER;
      if (group["type"] === "condition") return isNamed(group["condition"]) ? shared(id, group["condition"]) : NEVER;

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

