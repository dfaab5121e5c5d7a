/** Counts and means over all instances; gaps are shares of the optimum. */
export function summaryOf(rows) {
  const known = rows.filter(({ optimum }) => optimum !== null);
  const gaps = known.map(({ gap }) => gap).filter((gap) => gap !== null);
  const bounded = known.filter(({ bound }) => bound !== null);
  const round = (number) => Math.round(number * 1e7) / 1e7;
  return {
    count: rows.length,
    optima_known: known.length,
    optima_found: known.filter(({ cost, optimum }) => cost === optimum).length,
    better_than_optimum: known.filter(({ cost, optimum }) => cost < optimum).length,
    mean_gap: gaps.length > 0 ? round(mean(gaps)) : null,
    max_gap: gaps.length > 0 ? round(Math.max(...gaps)) : null,
    proven_optimal: rows.filter(({ proof }) => proof === "optimal").length,
    bounded: rows.filter(({ proof }) => proof === "bounded").length,
    bounds_above_optimum: bounded.filter(({ bound, optimum }) => bound > optimum).length,
    mean_cpu_ms: round(mean(rows.map(({ cpu_ms: ms }) => ms))),
    max_cpu_ms: Math.max(...rows.map(({ cpu_ms: ms }) => ms)),
  };
}

function mean(numbers) {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

/** A line for each instance, then the summary. */
export function report({ instances, summary }) {
  const head = ["instance", "cost", "optimum", "gap", "bound", "proof", "cpu ms"];
  const rows = instances.map(({ id, cost, optimum, gap, bound, proof, cpu_ms: ms }) =>
    [id, cost, optimum ?? "-", percent(gap), bound ?? "-", proof, ms.toFixed(1)].map(String),
  );
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => row[column].length)));
  const line = (row) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  ");
  return [
    line(head),
    ...rows.map(line),
    "",
    ...Object.entries(summary).map(([name, value]) => `${name}: ${said(name, value)}`),
  ].join("\n");
}

function said(name, value) {
  return name.endsWith("_gap") ? percent(value) : String(value);
}

function percent(share) {
  return share === null ? "-" : `${(share * 100).toFixed(3)} %`;
}
