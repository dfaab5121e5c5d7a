import * as fc from "fast-check";
import loadHighs from "highs";
import { describe, expect, it } from "vitest";
import type { Row } from "./basis.ts";
import { createSimplex } from "./simplex.ts";

const highs = await loadHighs();
/** Right sides are moved by so much at most, and shares below a ten thousandth are not told. */
const little = 2e-3;

describe("the simplex method", () => {
  it("holds a plan and duals that prove each other, whatever comes, changes or is closed (seed 43)", () => {
    fc.assert(
      fc.property(programs(), (program) => {
        const held = hold(program);
        for (const batch of program.batches) {
          held.change(batch);
          held.simplex.solve(10_000);
          expect(held.reduced().every((value) => value >= -1e-6)).toBe(true);
          expect(held.broken()).toEqual([]);
          expect(Math.abs(held.cost() - held.bound())).toBeLessThanOrEqual(little * (program.missing + held.bound()));
        }
      }),
      { seed: 43, numRuns: 300 },
    );
  });

  it("finds what HiGHS finds (seed 44)", () => {
    fc.assert(
      fc.property(programs(), (program) => {
        const held = hold(program);
        for (const batch of program.batches) held.change({ ...batch, closed: [] });
        held.simplex.solve(10_000);
        const { ObjectiveValue: least } = highs.solve(textOf(program, held.columns));
        expect(Math.abs(held.bound() - least)).toBeLessThanOrEqual(1e-3 * (1 + least));
      }),
      { seed: 44, numRuns: 50 },
    );
  });

  it("is the same for the same program (seed 45)", () => {
    fc.assert(
      fc.property(programs(), (program) => {
        const [one, other] = [1, 2].map(() => {
          const held = hold(program);
          const works = program.batches.map((batch) => {
            held.change(batch);
            return held.simplex.solve(10_000);
          });
          return { works, duals: held.simplex.duals, shares: held.shares() };
        });
        expect(one).toEqual(other);
      }),
      { seed: 45, numRuns: 30 },
    );
  });
});

type Column = { readonly rows: readonly number[]; readonly values: readonly number[]; cost: number; isOpen: boolean };
type Batch = {
  readonly added: readonly { rows: readonly number[]; values: readonly number[]; cost: number }[];
  readonly costs: readonly (readonly [number, number])[];
  readonly closed: readonly number[];
};
type Program = { readonly kinds: readonly Row[]; readonly missing: number; readonly batches: readonly Batch[] };

/** Columns of a few pieces each, in one stretch or none, with at most one entry in each chain. */
function programs(): fc.Arbitrary<Program> {
  const shape = fc.record({
    pieces: fc.integer({ min: 1, max: 7 }),
    stretches: fc.nat(4),
    chains: fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }),
    missing: fc.integer({ min: 50, max: 2_000 }),
  });
  return shape.chain(({ pieces, stretches, chains, missing }) => {
    const order = pieces + stretches;
    const kinds: Row[] = [
      ...Array.from({ length: pieces }, (): Row => "one"),
      ...Array.from({ length: stretches }, (): Row => "atMostOne"),
      ...chains.flatMap((length) =>
        Array.from({ length }, (_, at): Row => (at < length - 1 ? "chain" : "lastOfChain")),
      ),
    ];
    const entries = chains.map((length, chain) => {
      const first = order + chains.slice(0, chain).reduce((sum, each) => sum + each, 0);
      return fc.option(fc.tuple(fc.integer({ min: first, max: first + length - 1 }), fc.constantFrom(1, -1)), {
        freq: 2,
      });
    });
    const column = fc
      .record({
        own: fc.uniqueArray(fc.nat(pieces - 1), { minLength: 1, maxLength: 4 }),
        stretch: stretches > 0 ? fc.option(fc.nat(stretches - 1)) : fc.constant(null),
        order: fc.tuple(...entries),
        cost: fc.nat(300),
      })
      .map(({ own, stretch, order: steps, cost }) => {
        const ones = [...own, ...(stretch === null ? [] : [pieces + stretch])].map((row): [number, number] => [row, 1]);
        const all = [...ones, ...steps.filter((step) => step !== null)];
        return { rows: all.map(([row]) => row), values: all.map(([, value]) => value), cost };
      });
    const batch = fc.record({
      added: fc.array(column, { maxLength: 15 }),
      costs: fc.array(fc.tuple(fc.nat(30), fc.nat(300)), { maxLength: 3 }),
      closed: fc.array(fc.nat(30), { maxLength: 3 }),
    });
    return fc.record({
      kinds: fc.constant(kinds),
      missing: fc.constant(missing),
      batches: fc.array(batch, { minLength: 1, maxLength: 5 }),
    });
  });
}

/** The simplex method with a copy of all that it was told. */
function hold({ kinds, missing }: Program) {
  const simplex = createSimplex(kinds, missing);
  const columns: Column[] = [];
  const shares = () => {
    const all = columns.map(() => 0);
    simplex.plan((column, share) => (all[column] = share));
    return all;
  };
  const sums = () => {
    const all = kinds.map(() => 0);
    const plan = shares();
    columns.forEach(({ rows, values }, at) =>
      rows.forEach((row, entry) => (all[row] = (all[row] ?? 0) + (values[entry] ?? 0) * (plan[at] ?? 0))),
    );
    return all;
  };
  const dual = (row: number) => simplex.duals[row] ?? 0;
  return {
    simplex,
    columns,
    shares,
    change: ({ added, costs, closed }: Batch) => {
      for (const { rows, values, cost } of added) {
        expect(simplex.add(cost, rows, values)).toBe(columns.length);
        columns.push({ rows, values, cost, isOpen: true });
      }
      const set = (at: number, cost: number, isOpen: boolean) => {
        const column = columns[at];
        if (!column) return;
        Object.assign(column, { cost, isOpen });
        simplex.setCost(at, cost);
        simplex.setClosed(at, !isOpen);
      };
      for (const [at, cost] of costs) set(at, cost, true);
      // As a part of all plans closes them: as dear as what is missing.
      for (const at of closed) set(at, (columns[at]?.cost ?? 0) + missing, false);
    },
    /** What one more of each open column, and of what each row misses or leaves, would add to the cost. */
    reduced: () => [
      ...columns.flatMap(({ rows, values, cost, isOpen }) =>
        isOpen ? [rows.reduce((sum, row, entry) => sum - (values[entry] ?? 0) * dual(row), cost)] : [],
      ),
      ...kinds.map((kind, row) => {
        if (kind === "one") return missing - dual(row);
        return (kind === "chain" ? dual(row + 1) : 0) - dual(row);
      }),
    ],
    /** Rows that the plan breaks by more than a little. */
    broken: () => {
      let chained = 0;
      return sums().flatMap((sum, row) => {
        const kind = kinds[row];
        const isPlain = kind === "one" || kind === "atMostOne";
        chained = isPlain ? 0 : chained + sum;
        const over = isPlain ? sum - 1 : chained;
        if (kind === "lastOfChain") chained = 0;
        return over > little ? [{ row, over }] : [];
      });
    },
    cost: () => {
      const missed = sums().reduce((sum, each, row) => sum + (kinds[row] === "one" ? 1 - each : 0), 0);
      return shares().reduce((sum, share, at) => sum + share * (columns[at]?.cost ?? 0), missed * missing);
    },
    /** Of the duals: right sides are 1, or 0 in a chain. */
    bound: () => kinds.reduce((sum, kind, row) => sum + (kind === "one" || kind === "atMostOne" ? dual(row) : 0), 0),
  };
}

/** The program in the LP format: columns x, and m for each piece that is missed. */
function textOf({ kinds, missing }: Program, columns: readonly Column[]): string {
  const terms = kinds.map((): string[] => []);
  columns.forEach(({ rows, values }, at) =>
    rows.forEach((row, entry) => terms[row]?.push(`${(values[entry] ?? 0) > 0 ? "+" : "-"} x${at}`)),
  );
  const costs = [
    ...columns.map(({ cost }, at) => `${cost} x${at}`),
    ...kinds.flatMap((kind, row) => (kind === "one" ? [`${missing} m${row}`] : [])),
  ];
  let chained: string[] = [];
  const lines = kinds.flatMap((kind, row) => {
    const own = terms[row] ?? [];
    if (kind === "one") return [`${[...own, `+ m${row}`].join(" ")} = 1`];
    if (kind === "atMostOne") return own.length > 0 ? [`${own.join(" ")} <= 1`] : [];
    chained = [...chained, ...own];
    const line = chained.length > 0 ? [`${chained.join(" ")} <= 0`] : [];
    if (kind === "lastOfChain") chained = [];
    return line;
  });
  return ["Minimize", costs.join(" + "), "Subject To", ...lines, "End"].join("\n");
}
