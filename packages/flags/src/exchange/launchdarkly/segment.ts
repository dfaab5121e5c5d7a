import type { Condition, Segment as OurSegment } from "../../model.ts";
import { all, any, negated, NEVER } from "../logic.ts";
import type { Place } from "../shape.ts";
import { Unsupported } from "../unsupported.ts";
import { clauseCondition, type Around } from "./clause.ts";
import type { Segment, SegmentRule, SegmentTarget } from "./document.ts";
import { attributeOf, keyOf, reference } from "./reference.ts";

/** Weights are in thousandths of a percent. */
export const WHOLE = 100_000;

/** Those who are listed are in, those who are excluded are not, and of the others those whom a rule takes in. */
export function segmentOf(segment: Segment, around: Around, place: Place): OurSegment {
  if (segment.unbounded) throw new Unsupported(place.path, "the members of a big segment are not in the document");

  const included = members(segment.included, segment.includedContexts);
  const excluded = members(segment.excluded, segment.excludedContexts);
  const rules = (segment.rules ?? []).map((rule, index) =>
    ruleCondition(segment, rule, around, { ...place, path: [...place.path, "rules", index] }),
  );
  const others = all([negated(any(excluded)), any(rules)]);
  return { when: any([...included, others]) };
}

function members(users: readonly string[] | null | undefined, others: readonly SegmentTarget[] | null | undefined) {
  const targets: SegmentTarget[] = [...(others ?? []), ...(users ? [{ values: [...users] }] : [])];
  return targets
    .filter(({ values }) => values.length > 0)
    .map(({ contextKind, values }): Condition => ({ attribute: keyOf(contextKind), op: "one_of", values }));
}

function ruleCondition(segment: Segment, rule: SegmentRule, around: Around, place: Place): Condition {
  if (!rule.clauses) return NEVER;
  const clauses = rule.clauses.map((clause, index) =>
    clauseCondition(clause, around, { ...place, path: [...place.path, "clauses", index] }),
  );
  return all([...clauses, ...share(segment, rule, place)]);
}

function share(
  { key, salt }: Segment,
  { weight, bucketBy, rolloutContextKind }: SegmentRule,
  place: Place,
): Condition[] {
  if (weight === undefined || weight === null) return [];
  if (weight === 0) return [NEVER];

  const attribute = bucketBy
    ? attributeOf(reference(bucketBy, rolloutContextKind, [...place.path, "bucketBy"]))
    : keyOf(rolloutContextKind);
  const ranges = [[0, Math.min(weight, WHOLE)]] as const;
  return [{ attribute, op: "in_share", algorithm: "launchdarkly", salt: `${key}.${salt ?? ""}`, of: WHOLE, ranges }];
}
