import type { ErrorCode, FlagMetadata, FlagValueType, JsonValue, ResolutionDetails } from "@openfeature/core";
import type { FlagValue } from "../model.ts";

/** An answer of the engine or of a server, in what OpenFeature has words for. */
export interface Answer {
  /** Undefined where there is none to give: the caller's default applies. */
  readonly value?: FlagValue | undefined;
  readonly variant?: string | undefined;
  /** One of OpenFeature's reasons. */
  readonly reason: string;
  readonly rule?: string | undefined;
  readonly version?: number | undefined;
  readonly errorCode?: `${ErrorCode}` | undefined;
  readonly errorMessage?: string | undefined;
}

/**
 * An answer as SDKs take it. Metadata: `version`, the flag's own as a text, and `rule`, the id of the one that decided.
 * A value of another type than asked for is `TYPE_MISMATCH`; `object` takes lists and null too, as in JSON.
 */
export function detailsOf<T extends JsonValue>(answer: Answer, type: FlagValueType, fallback: T): ResolutionDetails<T> {
  const { variant, reason, errorCode, errorMessage } = answer;
  const flagMetadata = metadataOf(answer);
  if (errorCode) return { value: fallback, reason, errorCode: codeOf(errorCode), errorMessage, flagMetadata };

  // The kill switch of an on/off flag means off, not what the caller thinks best.
  const isKilled = answer.value === undefined && reason === "DISABLED" && type === "boolean";
  const value = isKilled ? false : answer.value;
  if (value === undefined) return { value: fallback, reason, flagMetadata };
  if (!isOf<T>(value, type)) return mismatch(value, type, fallback, flagMetadata);
  return { value, variant, reason, flagMetadata };
}

function metadataOf({ version, rule }: Answer): FlagMetadata {
  return { ...(version !== undefined && { version: String(version) }), ...(rule !== undefined && { rule }) };
}

function mismatch<T>(value: FlagValue, type: FlagValueType, fallback: T, flagMetadata: FlagMetadata) {
  const errorMessage = `the value is of type ${typeof value}, not ${type}`;
  return { value: fallback, reason: "ERROR", errorCode: codeOf("TYPE_MISMATCH"), errorMessage, flagMetadata };
}

/** An SDK asks for the type of T, whose literals only the caller vouches for; our JSON differs from its by `readonly`. */
function isOf<T extends JsonValue>(value: FlagValue, type: FlagValueType): value is T & FlagValue {
  return typeof value === type;
}

/** The SDK's enum is these strings, but has no values without its code. */
function codeOf(code: `${ErrorCode}`): ErrorCode {
  return code as ErrorCode;
}
