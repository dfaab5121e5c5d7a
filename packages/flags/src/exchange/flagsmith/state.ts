import type { Json, Serve, Weight } from "../../model.ts";
import { createNames } from "../names.ts";
import type { Place } from "../shape.ts";
import { PLACES, placesBelow } from "./bucket.ts";
import type { Share, State } from "./document.ts";
import type { Environment } from "./subject.ts";

/** What Flagsmith answers: whether the feature is enabled, and its value whether or not it is. */
export interface Answer {
  readonly [member: string]: Json;
  readonly enabled: boolean;
  readonly value: string | number | boolean | null;
}

/** The variants of one flag, collected while its states are read. */
export interface Variants {
  readonly answers: ReadonlyMap<string, Answer>;
  /** The name of the variant that answers this. */
  name(enabled: boolean, value: Answer["value"]): string;
}

export function createVariants(): Variants {
  const answers = new Map<string, Answer>();
  const names = new Map<string, string>();
  const free = createNames((count, name) => `${name} (${count})`);
  return {
    answers,
    name: (enabled, value) => {
      const text = JSON.stringify([enabled, value]);
      const name = names.get(text) ?? free.name(described(enabled, value));
      names.set(text, name);
      answers.set(name, { enabled, value });
      return name;
    },
  };
}

const SHOWN = 40;

function described(enabled: boolean, value: Answer["value"]): string {
  if (value === null) return enabled ? "on" : "off";
  const text =
    value === ""
      ? "empty"
      : [...String(value)]
          .slice(0, SHOWN)
          .join("")
          .replaceAll(/\p{Cc}/gu, " ");
  return enabled ? `= ${text}` : `off = ${text}`;
}

/** The variant of a state for those who have no identifier, and who are in no share. */
export function controlOf(state: State, variants: Variants): string {
  return variants.name(state.enabled, state.feature_state_value ?? null);
}

/** What a state serves to those who have an identifier. */
export function serveOf(state: State, variants: Variants, environment: Environment, place: Place): Serve {
  const weights = weightsOf(state, variants, place).filter(({ weight }) => weight > 0);
  const [first] = weights;
  if (first && weights.every(({ variant }) => variant === first.variant)) return { variant: first.variant };

  const key = state.django_id ?? state.featurestate_uuid;
  if (!key)
    place.findings.differs(place.name, place.path, "has no id, so that its variants were drawn anew at every start");
  const salt = `${key || state.feature.name},${environment.key}_`;
  return { split: { by: "targetingKey", algorithm: "flagsmith", salt, weights } };
}

/** The shares in their order of priority; whoever is left gets the state's own value. */
function weightsOf(state: State, variants: Variants, place: Place): Weight[] {
  const shares = ordered(state.multivariate_feature_state_values ?? [], place);
  let [percent, below] = [0, 0];
  const weights = shares.map(({ percentage_allocation: own, multivariate_feature_option: { value } }): Weight => {
    percent += own;
    const next = placesBelow(percent);
    const weight = next - below;
    below = next;
    return { variant: variants.name(state.enabled, value ?? null), weight };
  });
  return [...weights, { variant: controlOf(state, variants), weight: PLACES - below }];
}

function ordered(shares: readonly Share[], { name, path, findings }: Place): Share[] {
  const priority = ({ id, mv_fs_value_uuid: uuid }: Share): number | bigint =>
    id ?? (uuid ? BigInt(`0x${uuid.replaceAll("-", "")}`) : Infinity);
  if (shares.length > 1 && shares.some((share) => priority(share) === Infinity)) {
    findings.differs(name, path, "shares without id or uuid were ordered anew at every start");
  }
  return [...shares].sort((a, b) => (priority(a) < priority(b) ? -1 : priority(a) > priority(b) ? 1 : 0));
}
