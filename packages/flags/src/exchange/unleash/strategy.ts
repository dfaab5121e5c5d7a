import type { Condition, ForeignAlgorithm } from "../../model.ts";
import { parseNetwork } from "../../network.ts";
import { all, ALWAYS, NEVER } from "../logic.ts";
import type { Place } from "../shape.ts";
import { attributeOf, constraintCondition, networkText, unleashed } from "./constraint.ts";
import type { Strategy } from "./document.ts";

/** What a strategy refers to outside itself. */
export interface Around {
  /** The name of the segment that has an id; undefined when there is none. */
  segment(id: number): string | undefined;
  /** The name of the feature. */
  readonly feature: string;
}

/** Whom a strategy switches the feature on for. */
export function strategyCondition(strategy: Strategy, around: Around, place: Place): Condition {
  const constraints = (strategy.constraints ?? []).map((constraint, index) =>
    constraintCondition(constraint, { ...place, path: [...place.path, "constraints", index] }),
  );
  const segments = (strategy.segments ?? []).map((id, index): Condition => {
    const segment = around.segment(id);
    if (segment !== undefined) return { segment };
    const path = [...place.path, "segments", index];
    place.findings.note(place.name, path, `there is no segment ${id}: never met, in Unleash neither`);
    return NEVER;
  });
  return all([...constraints, ...segments, audience(strategy, around, place)]);
}

function audience(strategy: Strategy, { feature }: Around, place: Place): Condition {
  const { name } = strategy;
  const group = parameter(strategy, "groupId");
  switch (name) {
    case "default":
      return ALWAYS;
    case "userWithId":
      return { attribute: "targetingKey", op: "one_of", values: list(parameter(strategy, "userIds")) };
    case "remoteAddress":
      return remoteAddress(list(parameter(strategy, "IPs")));
    case "flexibleRollout":
      return rollout(strategy, place);
    case "gradualRolloutUserId":
      return share("unleash-rollout", "targetingKey", group, percentOf(strategy, "percentage"));
    case "gradualRolloutSessionId":
      return share("unleash-rollout", "sessionId", group, percentOf(strategy, "percentage"));
    case "gradualRolloutRandom":
      return atRandom(feature, percentOf(strategy, "percentage"), place);
    default:
      return left(strategy, place);
  }
}

/** A strategy that only the former system's own process can judge. */
function left({ name }: Strategy, { name: feature, path, findings }: Place): Condition {
  if (name === "applicationHostname") {
    findings.differs(feature, path, "depends on the name of the machine: never met, put it into the context instead");
  } else {
    findings.differs(feature, path, `strategy '${name}' is code of yours: never met`);
  }
  return NEVER;
}

function rollout(strategy: Strategy, place: Place): Condition {
  const percent = percentOf(strategy, "rollout");
  const group = parameter(strategy, "groupId");
  const stickiness = parameter(strategy, "stickiness") || "default";
  if (stickiness === "random") return atRandom(group, percent, place);
  if (stickiness !== "default") return share("unleash-rollout", attributeOf(stickiness), group, percent);
  if (percent >= 100) return ALWAYS;
  return shareByDefault(group, percent, place);
}

function shareByDefault(group: string, percent: number, { name, path, findings }: Place): Condition {
  if (percent > 0) findings.differs(name, path, NOBODY);
  return share("unleash-rollout-default", "targetingKey", group, percent);
}

export const NOBODY = "whoever has neither userId nor sessionId is not in it; Unleash draws lots at every call";

/** Lots cannot be drawn by a function of its arguments: the share stays, and its members with it. */
function atRandom(group: string, percent: number, place: Place): Condition {
  if (percent >= 100) return ALWAYS;
  if (percent <= 0) return NEVER;
  place.findings.differs(place.name, place.path, "Unleash draws lots at every call; now the same users are always in");
  return share("unleash-rollout-default", "targetingKey", group, percent);
}

/** Ids fall into one of a hundred places, so that only whole percents count. */
function share(algorithm: ForeignAlgorithm, attribute: string, salt: string, percent: number): Condition {
  if (percent <= 0) return NEVER;
  return { attribute, op: "in_share", algorithm, salt, of: 100, ranges: [[0, percent]] };
}

function percentOf(strategy: Strategy, name: string): number {
  const percent = Number(strategy.parameters?.[name] ?? NaN);
  return Number.isNaN(percent) ? 0 : Math.min(100, Math.max(0, Math.floor(percent)));
}

function parameter({ parameters }: Strategy, name: string): string {
  return String(parameters?.[name] ?? "");
}

function list(text: string): string[] {
  return text === "" ? [] : text.split(/\s*,\s*/);
}

/** Exactly as written, or within an IPv4 network (an address alone is none); this strategy has no IPv6 networks. */
function remoteAddress(ranges: readonly string[]): Condition {
  const networks = ranges
    .map(networkText)
    .filter((range) => !range.includes(":") && range.includes("/") && parseNetwork(range));
  return {
    any: [
      { attribute: "remoteAddress", op: "one_of", values: ranges },
      unleashed({ attribute: "remoteAddress", op: "in_network", values: networks }),
    ],
  };
}
