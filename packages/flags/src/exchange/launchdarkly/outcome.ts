import type { Json, Serve, Weight } from "../../model.ts";
import type { Path } from "../report.ts";
import type { Place } from "../shape.ts";
import { Unsupported } from "../unsupported.ts";
import type { Feature, Outcome, Rollout } from "./document.ts";
import { attributeOf, keyOf, reference } from "./reference.ts";
import { WHOLE } from "./segment.ts";

/** `on` and `off` for the two of an on/off flag; otherwise the index, which LaunchDarkly's SDKs give with an answer. */
export function variantName(variations: readonly Json[], index: number): string {
  const isSwitch = variations.length === 2 && variations.includes(true) && variations.includes(false);
  return isSwitch ? (variations[index] === true ? "on" : "off") : `variation-${index}`;
}

/** The variant of an index. Throws Unsupported where there is none. */
export function named({ variations }: Feature, index: number, path: Path): string {
  if (index < 0 || index >= variations.length) throw new Unsupported(path, `there is no variation ${index}`);
  return variantName(variations, index);
}

/** What a rule, or the rest of the flag, serves. */
export function outcome(feature: Feature, served: Outcome | null | undefined, path: Path, place: Place): Serve {
  if (served?.variation !== undefined && served.variation !== null) {
    return { variant: named(feature, served.variation, [...path, "variation"]) };
  }
  const rollout = served?.rollout;
  if (!rollout?.variations?.length) throw new Unsupported(path, "serves neither a variation nor a rollout");
  if (rollout.kind === "experiment") {
    place.findings.note(place.name, [...path, "rollout"], "an experiment: its shares are kept, its events are not");
  }
  return split(feature, rollout, [...path, "rollout"], place);
}

function split(feature: Feature, rollout: Rollout, path: Path, place: Place): Serve {
  const weights = wholeWeights(feature, rollout, path);
  const [only, ...others] = weights.filter(({ weight }) => weight > 0);
  if (only && others.length === 0) return { variant: only.variant };

  const by =
    rollout.bucketBy && rollout.kind !== "experiment"
      ? attributeOf(reference(rollout.bucketBy, rollout.contextKind, [...path, "bucketBy"]))
      : keyOf(rollout.contextKind);
  if (rollout.seed === 0)
    place.findings.differs(place.name, [...path, "seed"], "seed 0 counts; the Node SDK ignores it");
  const salt =
    rollout.seed === undefined || rollout.seed === null ? `${feature.key}.${feature.salt ?? ""}` : `${rollout.seed}`;
  return { split: { by, algorithm: "launchdarkly", salt, weights } };
}

/** Weights that add up to the whole: the last takes what is left, and what is beyond the whole is nobody's. */
function wholeWeights(feature: Feature, { variations }: Rollout, path: Path): Weight[] {
  let left = WHOLE;
  const shares = (variations ?? []).map(({ variation, weight }, index) => {
    const own = index === (variations?.length ?? 0) - 1 ? left : Math.min(weight, left);
    left -= own;
    return { variant: named(feature, variation, [...path, "variations", index, "variation"]), weight: own };
  });
  return shares;
}
