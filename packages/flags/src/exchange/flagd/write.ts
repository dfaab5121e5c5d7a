import { isInherited } from "../../attribute.ts";
import type { Comparison, Condition, Flag, Json, NumberOp, Plain, Serve, Split, VersionOp } from "../../model.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";

type Written = Json;

/** What a flag's targeting is written in. */
export interface Writing {
  readonly key: string;
  readonly flag: Flag;
  /** The names of segments that are shared evaluators, whose own segments are written in place. */
  segment(name: string, path: Path): Written;
  /** Told of what is written but can answer differently. */
  differs(path: Path, message: string): void;
  note(path: Path, message: string): void;
}

/** Targeting for a flag's rules and what is served otherwise. Throws `Unsupported`. */
export function targeting(writing: Writing): Written {
  const { flag } = writing;
  const rules = flag.rules.flatMap((rule, index) => [
    condition(rule.when, ["rules", index, "when"], writing),
    served(rule.serve, ["rules", index, "serve"], writing),
  ]);
  return { if: [...rules, served(flag.otherwise, ["otherwise"], writing)] };
}

function served(serve: Serve, path: Path, writing: Writing): Written {
  if ("variant" in serve) return serve.variant;
  return "off" in serve ? null : fractional(serve.split, path, writing);
}

function fractional(split: Split, path: Path, { key, flag, note }: Writing): Written {
  const algorithm = split.algorithm ?? flag.bucketing.algorithm;
  if (algorithm !== "flagd-v2") throw new Unsupported(path, `flagd cannot place ids by '${algorithm}'`);

  const weights = split.weights.map(({ variant, weight }) => [variant, weight]);
  const by = split.by ?? "targetingKey";
  const salt = split.salt ?? flag.bucketing.salt ?? key;
  if (by === "targetingKey" && salt === key) return { fractional: weights };

  const id = variable(by, path);
  note(path, `flagd hashes the text of a list or an object in '${by}'; here it is no id`);
  const shares = { fractional: [{ cat: [salt, id] }, ...weights] };
  // flagd would place everybody without an id at the place of the salt.
  return { if: [{ and: [{ "!==": [id, null] }, { "!==": [id, ""] }] }, shares, null] };
}

/** A condition in JsonLogic. */
export function condition(when: Condition, path: Path, writing: Writing): Written {
  const part = (one: Condition) => condition(one, path, writing);
  // flagd's library answers null, not true, for `and` of nothing.
  if ("all" in when) return when.all.length === 0 ? true : { and: when.all.map(part) };
  if ("any" in when) return when.any.length === 0 ? false : { or: when.any.map(part) };
  if ("not" in when) return { "!": [{ if: [part(when.not), true, false] }] };
  if ("segment" in when) return writing.segment(when.segment, path);
  if ("flag" in when) throw new Unsupported(path, "flagd cannot ask another flag");
  return comparison(when, path, writing);
}

function comparison(asked: Comparison, path: Path, writing: Writing): Written {
  if (asked.op === "in_share") throw new Unsupported(path, "flagd cannot ask whether an id falls into a share");
  if (asked.dialect !== undefined && asked.dialect !== "json-logic") {
    throw new Unsupported(path, `flagd cannot compare as '${asked.dialect}' does`);
  }
  if ("ignore_case" in asked && asked.ignore_case)
    throw new Unsupported(path, "flagd cannot ignore upper and lower case");
  return asked.dialect ? dialected(asked, variable(asked.attribute, path), path) : plain(asked, path, writing);
}

const ORDERS: Readonly<Record<NumberOp, string>> = { less: "<", at_most: "<=", greater: ">", at_least: ">=" };
const VERSIONS: Readonly<Record<VersionOp, string>> = {
  semver_equals: "=",
  semver_less: "<",
  semver_at_most: "<=",
  semver_greater: ">",
  semver_at_least: ">=",
  semver_same_major: "^",
  semver_same_minor: "~",
};

/** Comparisons that came from flagd go back as they were. */
function dialected(asked: Plain, id: Written, path: Path): Written {
  switch (asked.op) {
    case "equals":
      return { "==": [id, asked.value] };
    case "present":
      return { if: [id, true, false] };
    case "less":
    case "at_most":
    case "greater":
    case "at_least":
      return { [ORDERS[asked.op]]: [id, asked.value] };
    default:
      if (!isVersion(asked)) throw new Unsupported(path, `'${asked.op}' has no counterpart`);
      return { sem_ver: [id, VERSIONS[asked.op], asked.value] };
  }
}

function isVersion(asked: Plain): asked is Extract<Plain, { op: VersionOp }> {
  return Object.hasOwn(VERSIONS, asked.op);
}

function plain(asked: Plain, path: Path, { differs }: Writing): Written {
  const id = variable(asked.attribute, path);
  switch (asked.op) {
    case "equals":
      return { "===": [id, asked.value] };
    case "one_of":
      return { in: [id, [...asked.values]] };
    case "present":
      return { "!==": [id, null] };
    case "starts_with":
    case "ends_with":
      return { or: asked.values.map((value) => ({ [asked.op]: [id, value] })) };
    case "less":
    case "at_most":
    case "greater":
    case "at_least":
      differs(path, 'flagd takes a text such as "21", a missing attribute and true for numbers');
      return { [ORDERS[asked.op]]: [id, asked.value] };
    case "contains":
      differs(path, "flagd finds a value in a list as well as in a text");
      return { or: asked.values.map((value) => ({ in: [value, id] })) };
    case "has_any":
      differs(path, "flagd finds a value in a text as well as in a list");
      return { or: asked.values.map((value) => ({ in: [value, id] })) };
    case "has_all":
      differs(path, "flagd finds a value in a text as well as in a list");
      return { and: [...asked.values.map((value) => ({ in: [value, id] })), true] };
    default:
      if (!isVersion(asked)) throw new Unsupported(path, `'${asked.op}' has no counterpart`);
      differs(path, "flagd reads numbers as versions too");
      return { sem_ver: [id, VERSIONS[asked.op], asked.value] };
  }
}

/** An attribute; a pointer is a dotted path. */
export function variable(attribute: string, path: Path): Written {
  const parts = attribute.startsWith("/")
    ? attribute
        .slice(1)
        .split("/")
        .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    : [attribute];
  if (parts.some((part) => part.includes(".") || part === "")) {
    throw new Unsupported(path, `flagd cannot name the attribute '${attribute}'`);
  }
  if (parts.some(isInherited)) throw new Unsupported(path, `flagd finds '${attribute}' in every context`);
  return { var: parts.join(".") };
}
