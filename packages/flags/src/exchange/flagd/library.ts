import { FlagdCore } from "@openfeature/flagd-core";
import type { EvaluationContext } from "../../model.ts";

/**
 * flagd's library over UTF-8: it hashes UTF-16 units where flagd's specification and daemon hash bytes, so it is given
 * texts whose every unit is a byte. Nothing else that it does with texts depends on the encoding.
 */
export function libraryFor(document: { readonly [name: string]: unknown }, disableDynamicCodeGeneration: boolean) {
  const core = new FlagdCore(undefined, silent, { disableDynamicCodeGeneration });
  core.setConfigurations(JSON.stringify(encoded(document)));
  return (key: string, context: EvaluationContext) => {
    const flag = core.getFlag(encoded(key));
    const [first] = flag ? [...flag.variants.values()] : [];
    const answer = core.resolve(typeof first as "string", encoded(key), NOTHING, encoded(context) as never);
    const { variant, errorCode } = answer;
    return { value: answer.value === NOTHING ? undefined : answer.value, variant, errorCode };
  };
}

const NOTHING = "no value";
const nothing = () => undefined;
export const silent = { error: nothing, warn: nothing, info: nothing, debug: nothing };

/** A JSON value with every text as its UTF-8 bytes, a character each. */
export function encoded<T>(value: T): T {
  if (typeof value === "string") return Buffer.from(value, "utf8").toString("latin1") as T;
  if (Array.isArray(value)) return value.map(encoded) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [encoded(name), encoded(part)])) as T;
}
