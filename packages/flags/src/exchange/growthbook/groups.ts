import { isMembers } from "../../anatomy.ts";
import type { Condition, Json, Segment } from "../../model.ts";
import { NEVER } from "../logic.ts";
import type { Path } from "../report.ts";
import { isList } from "../scalar.ts";
import { Unsupported } from "../unsupported.ts";
import { condition, type Groups } from "./condition.ts";
import { attributeName, scalars, within } from "./operator.ts";

type Named = { readonly [name: string]: Json };

const MAX_DEPTH = 32;

/** Saved groups, each a segment from when a condition first names it. */
export function createGroups(all: Named): Groups & { segments(): { readonly [name: string]: Segment } } {
  const segments = new Map<string, Segment>();
  const reading = new Set<string>();
  const entry = (id: string) => (Object.hasOwn(all, id) ? all[id] : undefined);

  const list = (id: string, attribute: string): Condition | undefined => {
    const found = valuesOf(id, entry(id));
    if (!found) return undefined;
    // The attribute is the condition's, so that one group may be two segments.
    const name = segmentName(id, attribute, segments);
    if (!segments.has(name)) {
      segments.set(name, { description: attribute, when: within(attribute, scalars(found.values, found.path)) });
    }
    return { segment: name };
  };
  const shared = (id: string, source: Json, path: Path): Condition => {
    if (reading.has(id)) throw new Unsupported(path, `the saved group '${id}' is within itself`);
    if (segments.has(id)) return { segment: id };
    if (reading.size >= MAX_DEPTH) throw new Unsupported(path, `saved groups are more than ${MAX_DEPTH} deep`);
    reading.add(id);
    try {
      segments.set(id, { when: condition(source, ["savedGroups", id, "condition"], groups) });
    } finally {
      reading.delete(id);
    }
    return { segment: id };
  };
  const groups: Groups = {
    list,
    named: (reference, path) => {
      const { id, attributeKey } = isMembers(reference) ? reference : {};
      const group = typeof id === "string" ? entry(id) : undefined;
      if (typeof id !== "string" || !isMembers(group)) return NEVER;
      if (group["type"] === "condition")
        return isMembers(group["condition"]) ? shared(id, group["condition"], path) : NEVER;

      const attribute = attributeKey ?? group["attributeKey"];
      if (group["type"] !== "list" || typeof attribute !== "string") return NEVER;
      return list(id, attributeName(attribute)) ?? NEVER;
    },
  };
  return { ...groups, segments: () => Object.fromEntries(segments) };
}

/** The members of a list, bare or described; a group that does not exist has none. Undefined for what is no list. */
function valuesOf(
  id: string,
  group: Json | undefined,
): { readonly values: readonly Json[]; readonly path: Path } | undefined {
  const path = ["savedGroups", id];
  if (group === undefined) return { values: [], path };
  const isDescribed = isMembers(group) && group["type"] === "list";
  const values = isDescribed ? group["values"] : group;
  if (values === undefined || !isList(values)) return undefined;
  return { values, path: isDescribed ? [...path, "values"] : path };
}

function segmentName(id: string, attribute: string, known: ReadonlyMap<string, Segment>): string {
  const other = known.get(id);
  return other === undefined || other.description === attribute ? id : `${id} by ${attribute}`;
}
