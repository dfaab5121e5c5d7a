// node bench/confidence/prior.mjs --sip F.csv --renzo F.csv: prints the table of apps/scheduler/src/optimize/confidence/quantiles.ts
import { parseArgs } from "node:util";

import { readLog } from "./log.mjs";
import { Refusal } from "./refusal.mjs";

const sizes = [15, 30, 60, 120, 240, Infinity];
const count = 40;
const levels = Array.from({ length: count }, (_, index) => (index + 0.5) / count);

// Ratios of actual to estimate at these levels by size, pooled over SiP, Renzo and CESAW in equal parts. Of CESAW,
// which has no licence to be kept here, they are all that there is.
const pooledLevels = [0.05, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95];
const pooled = [
  [0.36, 0.58, 1.0, 1.0, 1.3, 1.67, 3.11, 5.83],
  [0.27, 0.5, 1.0, 1.0, 1.15, 1.57, 2.08, 3.3],
  [0.27, 0.5, 0.57, 1.0, 1.5, 1.5, 2.25, 3.39],
  [0.25, 0.25, 0.5, 1.0, 1.25, 1.37, 2.0, 2.78],
  [0.17, 0.2, 0.5, 0.88, 1.14, 1.26, 1.78, 2.5],
  [0.09, 0.17, 0.45, 0.9, 1.2, 1.36, 1.99, 2.85],
];

// A log says nothing of a size of which it has fewer tasks. Where it has some, so many of all its tasks are added.
const fewest = 50;
const borrowed = 30;

try {
  const { sip, renzo } = parseArgs({ options: { sip: { type: "string" }, renzo: { type: "string" } } }).values;
  if (!sip || !renzo) throw new Refusal("node bench/confidence/prior.mjs --sip F.csv --renzo F.csv");
  const logs = [bySize(readLog(sip)), bySize(readLog(renzo))];
  const rest = sizes.map((_, size) =>
    withoutKnown(
      size,
      logs.map((log) => log[size]),
    ),
  );
  const table = {
    sip: logs[0].map((_, size) => quantiles(logs[0], size)),
    renzo: logs[1].map((_, size) => quantiles(logs[1], size)),
    cesaw: rest,
  };
  for (const [name, rows] of Object.entries(table))
    console.log(
      `  ${name}: [\n${rows.map((row) => `    [${row.map((ratio) => Number(ratio.toPrecision(3))).join(", ")}],`).join("\n")}\n  ],`,
    );
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function bySize(rows) {
  return sizes.map((upTo, size) => {
    const fits = rows.filter(({ estimate }) => estimate <= upTo && estimate > (sizes[size - 1] ?? 0));
    return fits.map(({ estimate, actual }) => actual / estimate).sort((a, b) => a - b);
  });
}

/** Quantiles of the tasks of one size, eked out with those of all sizes. */
function quantiles(log, size) {
  const all = log.flat().length;
  const weighted = log.flatMap((ratios, other) =>
    ratios.map((ratio) => ({ ratio, weight: borrowed / all + (other === size ? 1 : 0) })),
  );
  weighted.sort((a, b) => a.ratio - b.ratio);
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  let reached = 0;
  let next = 0;
  return levels.map((level) => {
    while (reached + weighted[next].weight < level * total) reached += weighted[next++].weight;
    return weighted[next].ratio;
  });
}

/**
 * What the pooled quantiles say of the one log that is not at hand: if k logs have a share `level` below a ratio
 * between them, it has k × level less the shares of the others. A ratio that many of the others hit exactly says
 * nothing; the ends go on to half of the lowest and to one and a half times the highest.
 */
function withoutKnown(size, known) {
  const others = known.filter((ratios) => ratios.length >= fewest);
  const points = [{ share: 0, ratio: pooled[size][0] / 2 }];
  pooledLevels.forEach((level, index) => {
    const ratio = pooled[size][index];
    const shares = others.map((ratios) => [share(ratios, ratio - 0.005), share(ratios, ratio + 0.005)]);
    if (shares.some(([below, upTo]) => upTo - below > 0.2)) return;
    const left = (others.length + 1) * level - shares.reduce((sum, [below, upTo]) => sum + (below + upTo) / 2, 0);
    points.push({ share: Math.min(0.99, Math.max(points.at(-1).share, left)), ratio });
  });
  points.push({ share: 1, ratio: points.at(-1).ratio * 1.5 });
  return levels.map((level) => between(points, level));
}

function share(sorted, limit) {
  return sorted.filter((ratio) => ratio < limit).length / sorted.length;
}

function between(points, level) {
  const right = points.findIndex(({ share: reached }) => reached >= level);
  const [low, high] = [points[right - 1], points[right]];
  const part = high.share === low.share ? 1 : (level - low.share) / (high.share - low.share);
  return low.ratio + part * (high.ratio - low.ratio);
}
