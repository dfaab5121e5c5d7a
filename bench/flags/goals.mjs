import { median } from "./median.mjs";
import { count, times } from "./text.mjs";
import { works } from "./world.mjs";

// What the engine promises. `must` is beside the best peer, `aim` beside the floor.

/** How many times faster than the best peer, and at most how many times the floor. */
const speed = {
  on: { must: 2, aim: 2 },
  rollout: { must: 3, aim: 2 },
  rules: { must: 5, aim: 2 },
  segment: { must: 10, aim: 2 },
  prereq: { must: 10, aim: 2 },
  bulk: { must: 4, aim: 2.5 },
};

/** Heap bytes of one `value`, the worst of the works, and of all 100 flags. A remnant of a byte is the measurement's. */
const size = { value: { must: 128, aim: 1 }, bulk: { must: 20_000, aim: 8_000 } };

/** An answer with its reason, times the floor. */
const reason = { aim: 3 };

/** Counted beside not counted: times at most, and nanoseconds more at most. */
const counting = { must: 1.5, aim: 5 };

/** Each goal, what was found, and whether it is reached. */
export function goals(found, heap, calls) {
  const value = Math.max(...works.map((work) => heap[work].beq));
  return [
    ...Object.keys(speed).map((work) => speedGoal(work, found[work])),
    heapGoal("heap of one value", value, size.value),
    heapGoal("heap of 100 flags", heap.bulk.beq, size.bulk),
    reasonGoal(Object.values(calls)),
    countingGoal(Object.values(calls)),
  ];
}

function speedGoal(work, { beq, peers }) {
  const goal = speed[work];
  const best = bestOf(peers);
  return {
    goal: work,
    found: `${times(best.slower)} faster than ${best.name}, ${times(beq.floors)} the floor`,
    wanted: `at least ${goal.must} × faster; aim: at most ${goal.aim} × the floor`,
    must: best.slower >= goal.must,
    aim: beq.floors <= goal.aim,
  };
}

function heapGoal(name, bytes, { must, aim }) {
  const wanted = `at most ${count(must)} B; aim: ${aim === 1 ? "0" : count(aim)} B`;
  return { goal: name, found: `${count(bytes)} B`, wanted, must: bytes <= must, aim: bytes <= aim };
}

function reasonGoal(calls) {
  const worst = Math.max(...calls.map(({ resolve }) => resolve));
  const found = `at most ${times(worst)} the floor`;
  return {
    goal: "with reason",
    found,
    wanted: `aim: at most ${reason.aim} × the floor`,
    must: true,
    aim: worst <= reason.aim,
  };
}

function countingGoal(calls) {
  const worst = Math.max(...calls.map(({ counted }) => counted));
  // The same increment in every work, so that what differs between them is the measurement's.
  const more = median(calls.map((call) => call.more));
  return {
    goal: "counting",
    found: `at most ${times(worst)}; ${more.toFixed(1)} ns more`,
    wanted: `at most ${counting.must} ×; aim: ${counting.aim} ns more`,
    must: worst <= counting.must,
    aim: more <= counting.aim,
  };
}

function bestOf(peers) {
  const [[name, peer]] = Object.entries(peers).toSorted(([, a], [, b]) => a.slower - b.slower);
  return { name, ...peer };
}
