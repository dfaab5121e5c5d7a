import { attribute, identity, isInherited, reader } from "./attribute.ts";
import { placer } from "./bucket.ts";
import { dialectTest, type Engines, type Foreign } from "./foreign.ts";
import type { Comparison, Condition, Requirement, Segment } from "./model.ts";
import { operator, type Predicate } from "./operator.ts";

/** What conditions are compiled against. */
export interface World {
  readonly engines: Engines;
  /** Whether another flag serves what is required of it. */
  met(requirement: Requirement): Predicate;
  /** The compiled segment of a name; a name that does not exist holds nobody. */
  segment(name: string): Predicate;
}

/** Compiles a condition to one function that allocates nothing of its own when called. */
export function predicate(condition: Condition, world: World): Predicate {
  if ("all" in condition) return every(condition.all.map((part) => predicate(part, world)));
  if ("any" in condition) return some(condition.any.map((part) => predicate(part, world)));
  if ("not" in condition) return negated(predicate(condition.not, world));
  if ("segment" in condition) return world.segment(condition.segment);
  if ("flag" in condition) return world.met(condition);
  return comparison(condition, world.engines);
}

/** The sets made of lists of ids, by the list. */
export type IdSets = WeakMap<readonly string[], ReadonlySet<string>>;

/** Compiles every segment of a set once, whatever the order in which they name each other. */
export function segments(
  definitions: { readonly [name: string]: Segment },
  engines: Engines,
  idSets: IdSets = new WeakMap(),
): (name: string) => Predicate {
  const compiled = new Map<string, Predicate>();
  const segment = (name: string): Predicate => {
    const known = compiled.get(name);
    if (known) return known;

    // Placed before it is compiled: a ring, which no parsed document has, must end here and not in this loop.
    compiled.set(name, (context) => compiled.get(name)?.(context) ?? false);
    const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
    const made = definition ? members(definition, { engines, segment, met: nobody }, idSets) : () => false;
    compiled.set(name, made);
    return made;
  };
  return segment;
}

/** Segments ask no flags: a parsed document has none that does. */
const nobody = () => () => false;

function members(segment: Segment, world: World, idSets: IdSets): Predicate {
  if ("when" in segment) return predicate(segment.when, world);

  const ids = idSets.get(segment.ids) ?? new Set(segment.ids);
  idSets.set(segment.ids, ids);
  const read = reader(segment.by ?? "targetingKey");
  return (context) => {
    const id = read(context);
    return typeof id === "string" ? ids.has(id) : ids.has(identity(id));
  };
}

function comparison(condition: Comparison, engines: Engines): Predicate {
  const { attribute: name, dialect } = condition;
  if (condition.op === "in_share") return share(condition, engines.foreign);
  if (dialect) {
    const test = dialectTest(condition, dialect, engines);
    const read = reader(name);
    return (context) => test(read(context));
  }

  const { patterns } = engines;
  if (!name.startsWith("/") && !isInherited(name)) return operator(condition, patterns);

  const test = operator({ ...condition, attribute: "value" }, patterns);
  return (context) => test({ value: attribute(context, name) });
}

function share(
  { attribute, algorithm, salt, of, ranges }: Extract<Comparison, { op: "in_share" }>,
  foreign: Foreign | undefined,
): Predicate {
  const place = placer(algorithm, salt, of, foreign);
  const read = reader(attribute);
  return (context) => {
    const at = place(read(context), context);
    for (const [from, to] of ranges) if (at >= from && at < to) return true;
    return false;
  };
}

function every(parts: readonly Predicate[]): Predicate {
  const [first, second, third] = parts;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (context) => first(context) && second(context);
  if (parts.length === 3) return (context) => first(context) && second(context) && third(context);
  return (context) => {
    for (const part of parts) if (!part(context)) return false;
    return true;
  };
}

function some(parts: readonly Predicate[]): Predicate {
  const [first, second] = parts;
  if (!first) return () => false;
  if (!second) return first;
  if (parts.length === 2) return (context) => first(context) || second(context);
  return (context) => {
    for (const part of parts) if (part(context)) return true;
    return false;
  };
}

function negated(part: Predicate): Predicate {
  return (context) => !part(context);
}
