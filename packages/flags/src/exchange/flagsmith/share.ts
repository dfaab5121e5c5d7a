import type { Condition as OurCondition } from "../../model.ts";
import { NEVER } from "../logic.ts";
import type { Place } from "../shape.ts";
import { Unsupported } from "../unsupported.ts";
import { PLACES, placesBelow } from "./bucket.ts";
import type { Condition } from "./document.ts";
import { subjectOf, type Environment } from "./subject.ts";

/** Where a condition stands. */
export interface Around {
  readonly environment: Environment;
  /** The id of the segment, by which percentages are drawn. */
  readonly segment: string;
}

/** A percentage split: those who are drawn by the identity, or by what a path leads to. */
export function share(
  { property_: property, value }: Condition,
  { environment, segment }: Around,
  place: Place,
): OurCondition {
  const percent = Number.parseFloat(String(value));
  const places = Number.isNaN(percent) ? 0 : placesBelow(percent, true);
  if (places === 0) return NEVER;

  const drawn = property
    ? splitKey(property, environment, place)
    : { attribute: "targetingKey", prefix: `${environment.key}_` };
  if (!drawn) return unmet(`a percentage split by '${property}', which is no path,`, place);
  const salt = `${segment},${drawn.prefix}`;
  return {
    attribute: drawn.attribute,
    op: "in_share",
    algorithm: "flagsmith",
    salt,
    of: PLACES,
    ranges: [[0, places]],
  };
}

/** Only a path (`$.identity.traits.plan`) is looked up; a bare trait never is. */
function splitKey(property: string, environment: Environment, { path }: Place) {
  if (!property.startsWith("$.")) return undefined;
  if (property === "$.identity.key") return { attribute: "targetingKey", prefix: `${environment.key}_` };
  const subject = subjectOf(property, environment, path);
  if (!("attribute" in subject)) throw new Unsupported(path, "a percentage split of everybody at once");
  return { attribute: subject.attribute, prefix: "" };
}

/** A condition that nothing meets, with a note. */
export function unmet(what: string, { name, path, findings }: Place): OurCondition {
  findings.note(name, path, `${what} is never met, in Flagsmith neither`);
  return NEVER;
}
