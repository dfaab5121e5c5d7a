import type { Highs, Model as HighsModel } from "highs";
import type { Program } from "./program.ts";

export type Answer = {
  /** Nothing that the program allows costs less; -Infinity where nothing is known. */
  readonly lowerBound: number;
  /** The options of the cheapest solution met, one a piece. */
  readonly chosen: Int32Array | null;
};

export type Run = {
  /** Options to start from, ascending, all of them columns. */
  readonly start: Int32Array;
  readonly milliseconds: number;
  readonly outOfTime: () => boolean;
  readonly onBound: (lowerBound: number) => void;
};

/** Costs are whole: a solution within less than one of the bound is the best. */
const settledGap = 0.98;

/** Solves by HiGHS, which blocks until it is through or stopped. */
export function solveProgram(highs: Highs, program: Program, run: Run): Answer {
  const model = highs.createModel(dataOf(highs, program));
  try {
    model.options.set({
      output_flag: false,
      time_limit: Math.max(0.01, run.milliseconds / 1000),
      mip_rel_gap: 0,
      mip_abs_gap: settledGap,
    });
    model.setSolution({ colValue: valuesOf(program, run.start) });
    watch(highs, model, run);
    return { lowerBound: boundOf(model.info.get("mip_dual_bound")), chosen: chosenOf(model, program) };
  } finally {
    model.dispose();
  }
}

function watch(highs: Highs, model: HighsModel, { outOfTime, onBound }: Run): void {
  const { simplexInterrupt, ipmInterrupt, mipInterrupt } = highs.constants.callbackType;
  const heed = (event: { interrupt: () => void }): undefined => {
    if (outOfTime()) event.interrupt();
  };
  let best = -Infinity;
  model.run({
    [simplexInterrupt]: heed,
    [ipmInterrupt]: heed,
    [mipInterrupt]: (event) => {
      heed(event);
      const bound = boundOf(event.data.mip_dual_bound);
      if (bound <= best) return;
      best = bound;
      onBound(bound);
    },
  });
}

/** Solvers calculate in floating point: a little less than stated is surely true, and no plan costs a fraction. */
function boundOf(stated: unknown): number {
  if (typeof stated !== "number" || !Number.isFinite(stated)) return -Infinity;
  return Math.ceil(stated - 0.01 - 1e-6 * Math.abs(stated)) + 0;
}

function chosenOf(model: HighsModel, { columns }: Program): Int32Array | null {
  const { colValue } = model.getSolution();
  const chosen = columns.filter((_, column) => (colValue[column] ?? 0) > 0.5);
  return chosen.length > 0 ? chosen : null;
}

function valuesOf({ columns }: Program, start: Int32Array): Float64Array {
  const known = new Set(start);
  return Float64Array.from(columns, (id) => (known.has(id) ? 1 : 0));
}

function dataOf(highs: Highs, { columns, costs, lower, upper, starts, rows, values }: Program) {
  const numCols = columns.length;
  const numRows = lower.length;
  return {
    numCols,
    numRows,
    colCost: costs,
    colLower: new Float64Array(numCols),
    colUpper: new Float64Array(numCols).fill(1),
    rowLower: lower.map((value) => (value === -Infinity ? -highs.infinity : value)),
    rowUpper: upper,
    integrality: new Int32Array(numCols).fill(highs.constants.variableType.integer),
    matrix: { format: "csc", numRows, numCols, starts, indices: rows, values } as const,
  };
}
