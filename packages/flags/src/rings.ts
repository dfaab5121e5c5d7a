import type { Problem } from "./problem.ts";

/** What each name refers to directly. */
export type References = ReadonlyMap<string, readonly string[]>;

const MAX_DEPTH = 32;
const MAX_VISITS = 10_000;

interface Cost {
  readonly depth: number;
  readonly visits: number;
}

/**
 * The rings among references, each named in full, and the names whose evaluation would be unreasonably deep or long.
 * Without rings the second matters still: thirty flags that each require the next one twice are 2^30 evaluations.
 */
export function checkReferences(what: string, root: string, references: References): Problem[] {
  const costs = costsOf(references);
  const rings = ringsAmong(references, costs);
  return [
    ...rings.map((ring) => ({ path: [root, ring[0] ?? ""], message: `${what} form a ring: ${ring.join(" → ")}` })),
    ...[...costs].flatMap(([name, cost]) => excess(what, [root, name], cost)),
  ];
}

function excess(what: string, path: readonly string[], { depth, visits }: Cost): Problem[] {
  if (depth > MAX_DEPTH) return [{ path, message: `${what} are more than ${MAX_DEPTH} deep` }];
  return visits > MAX_VISITS ? [{ path, message: `${what} lead to more than ${MAX_VISITS} others` }] : [];
}

/** Costs from the leaves upwards (Kahn's order), without recursion; names in a ring, or leading to one, get none. */
function costsOf(references: References): Map<string, Cost> {
  const referrers = new Map<string, string[]>();
  const open = new Map<string, number>();
  for (const [name, others] of references) {
    const known = others.filter((other) => references.has(other));
    open.set(name, known.length);
    for (const other of known) referrers.set(other, [...(referrers.get(other) ?? []), name]);
  }

  const costs = new Map<string, Cost>();
  const ready = [...references.keys()].filter((name) => open.get(name) === 0);
  for (let name = ready.pop(); name !== undefined; name = ready.pop()) {
    costs.set(name, costOf(references.get(name) ?? [], costs));
    for (const referrer of referrers.get(name) ?? []) {
      const left = (open.get(referrer) ?? 0) - 1;
      open.set(referrer, left);
      if (left === 0) ready.push(referrer);
    }
  }
  return costs;
}

function costOf(others: readonly string[], costs: ReadonlyMap<string, Cost>): Cost {
  let depth = 0;
  let visits = 1;
  for (const other of others) {
    const cost = costs.get(other) ?? { depth: 0, visits: 1 };
    depth = Math.max(depth, cost.depth + 1);
    visits += cost.visits;
  }
  return { depth, visits };
}

/** Every name without a cost refers to another such; following those ends in a ring. */
function ringsAmong(references: References, costs: ReadonlyMap<string, Cost>): string[][] {
  const isStuck = (name: string) => references.has(name) && !costs.has(name);
  const seen = new Set<string>();
  const rings: string[][] = [];
  for (const start of references.keys()) {
    const way: string[] = [];
    let name: string | undefined = isStuck(start) ? start : undefined;
    while (name !== undefined && !seen.has(name)) {
      seen.add(name);
      way.push(name);
      name = references.get(name)?.find(isStuck);
    }
    if (name !== undefined && way.includes(name)) rings.push([...way.slice(way.indexOf(name)), name]);
  }
  return rings;
}
