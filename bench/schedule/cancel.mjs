// npm run bench:cancel [-- --leaves N] [-- --json]; how soon the scheduler is idle after a reader of a stream left.
import { parseArgs } from "node:util";
import { withPlanning } from "../scheduler.mjs";
import { livePlans } from "./live.mjs";
import { randomFrom, weekOf } from "./weeks.mjs";

const { values: options } = parseArgs({
  options: { leaves: { type: "string", default: "30" }, json: { type: "boolean" } },
});
const leaves = Number(options.leaves);
const goalMilliseconds = 100;
const sizes = [
  { tasks: 30, days: 5 },
  { tasks: 100, days: 14 },
  { tasks: 500, days: 90 },
];
// A search takes this long at most, and a proof that nobody leaves 10 s.
const longest = { searching: 600, proving: 8_000 };
// Idle for so long, and nothing is on its way any more.
const restMilliseconds = 50;

const found = await withPlanning(async (server, solver) => {
  const random = randomFrom(1);
  const rows = [];
  for (const size of sizes)
    for (const phase of ["searching", "proving"]) rows.push(await left(server, solver, size, phase, random));
  return rows;
});
console.log(options.json ? JSON.stringify(found) : found.map(line).join("\n"));
if (found.some(({ worst }) => worst > goalMilliseconds)) process.exitCode = 1;

/** Readers who leave at random moments of a phase, one after the other, each with another week. */
async function left({ url }, solver, size, phase, random) {
  const plans = livePlans(url);
  const times = [];
  let busy = 0;
  for (let index = 0; index < leaves; index += 1) {
    const week = weekOf(`leaves-${phase}-${size.tasks}-${index}`, index, size);
    const reader = await reading(plans, week, phase, random() * longest[phase]);
    if (!(await isIdle(solver))) busy += 1;
    const gone = performance.now();
    reader.abort();
    times.push((await idleAt(solver)) - gone);
    await reader.ended;
  }
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  return { ...size, phase, leaves, busy, p50: at(0.5), p95: at(0.95), worst: times.at(-1) };
}

/** Follows a stream for so long: from its beginning, or from its first plan. */
async function reading(plans, week, phase, milliseconds) {
  const leaving = new AbortController();
  let planned = () => undefined;
  const first = new Promise((resolve) => (planned = resolve));
  const ended = (async () => {
    const stream = await plans(week, leaving.signal);
    for await (const { type } of stream) if (type === "answer") planned();
  })()
    .catch((error) => leaving.signal.aborted || Promise.reject(error))
    .finally(planned);
  if (phase === "proving") await first;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return { abort: () => leaving.abort(), ended };
}

/** When the scheduler became idle, and stayed so. */
async function idleAt(solver) {
  let since;
  while (since === undefined || performance.now() - since < restMilliseconds) {
    if (!(await isIdle(solver))) since = undefined;
    else since ??= performance.now();
  }
  return since;
}

async function isIdle({ url }) {
  const { active_solves: active, queued, proofs } = await fetch(`${url}/health`).then((answer) => answer.json());
  return active + queued + proofs === 0;
}

function line({ tasks, days, phase, busy, p50, p95, worst }) {
  const ms = (value) => `${value.toFixed(0)} ms`;
  return `${tasks} tasks, ${days} days, left while ${phase}: ${leaves} times, ${busy} of them at work; idle after p50 ${ms(p50)}, p95 ${ms(p95)}, at most ${ms(worst)} (goal ${ms(goalMilliseconds)})`;
}
