import { cpus, loadavg } from "node:os";

import { counting, heap as heapGoals, reason, speed } from "./goals.mjs";
import { works } from "./world.mjs";

const all = [...works, "bulk"];

/** All that the runs say: medians, medians of paired ratios, and which goals they reach. */
export function summary(runs) {
  const { beq: own, ...pairs } = runs;
  const times = Object.fromEntries(all.map((work) => [work, timesOf(work, pairs, own)]));
  const heap = Object.fromEntries(all.map((work) => [work, heapOf(work, runs)]));
  const calls = Object.fromEntries(works.map((work) => [work, callsOf(own.times[work])]));
  return { machine: machine(), times, heap, calls, goals: goals(times, heap, calls) };
}

function timesOf(work, pairs, own) {
  const rounds = [...Object.values(pairs), own].flatMap(({ times }) => times[work]);
  const peers = Object.entries(pairs).filter(([name, { times }]) => times[work][0][name] !== undefined);
  return {
    floor: { nanoseconds: median(rounds.map(({ floor }) => floor)) },
    beq: { nanoseconds: median(rounds.map(({ beq }) => beq)), floors: ratio(rounds, "beq", "floor") },
    peers: Object.fromEntries(peers.map(([name, { times }]) => [name, peerOf(name, times[work])])),
  };
}

function peerOf(name, rounds) {
  return {
    nanoseconds: median(rounds.map((round) => round[name])),
    floors: ratio(rounds, name, "floor"),
    slower: ratio(rounds, name, "beq"),
  };
}

function heapOf(work, runs) {
  const engines = Object.entries(runs).map(([name, { heap }]) => [name, heap[work]?.[name]]);
  return { floor: runs.beq.heap[work].floor, ...Object.fromEntries(engines) };
}

function callsOf(rounds) {
  return {
    value: ratio(rounds, "beq", "floor"),
    resolve: ratio(rounds, "resolve", "floor"),
    counted: ratio(rounds, "resolve", "peek"),
    more: median(rounds.map(({ resolve, peek }) => resolve - peek)),
  };
}

function goals(times, heap, calls) {
  const value = Math.max(...works.map((work) => heap[work].beq));
  return [
    ...all.map((work) => speedGoal(work, times[work])),
    heapGoal("heap of one value", value, heapGoals.value),
    heapGoal("heap of 100 flags", heap.bulk.beq, heapGoals.bulk),
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
  const more = Math.max(...calls.map((call) => call.more));
  return {
    goal: "counting",
    found: `at most ${times(worst)} and ${more.toFixed(1)} ns more`,
    wanted: `at most ${counting.must} ×; aim: ${counting.aim} ns more`,
    must: worst <= counting.must,
    aim: more <= counting.aim,
  };
}

function bestOf(peers) {
  const [[name, peer]] = Object.entries(peers).toSorted(([, a], [, b]) => a.slower - b.slower);
  return { name, ...peer };
}

/** The summary as Markdown. */
export function report({ machine: { cores, model, node, load }, times: found, heap, calls, goals: reached }) {
  return [
    table(["goal", "found", "wanted", "must", "aim"], reached.map(goalRow), "---"),
    table(["CPU ns (× floor)", ...all], engineRows(found)),
    table(["times slower than BeQ", ...all], slowerRows(found)),
    table(["heap bytes", ...all], heapRows(heap)),
    table(["BeQ's calls", ...works], callRows(calls)),
    `${cores} cores of ${model}, Node ${node}, load average ${load}.`,
  ].join("\n\n");
}

function goalRow({ goal, found, wanted, must, aim }) {
  return [goal, found, wanted, must ? "yes" : "**no**", aim ? "yes" : "**no**"];
}

function engineRows(found) {
  const cell = ({ nanoseconds, floors } = {}) =>
    nanoseconds === undefined ? "–" : `${nanos(nanoseconds)}${floors === undefined ? "" : ` (${floors.toFixed(1)})`}`;
  return [
    ["floor", ...all.map((work) => cell(found[work].floor))],
    ["**BeQ**", ...all.map((work) => cell(found[work].beq))],
    ...peersOf(found).map((name) => [name, ...all.map((work) => cell(found[work].peers[name]))]),
  ];
}

function slowerRows(found) {
  const cell = (peer) => (peer ? peer.slower.toFixed(1) : "–");
  return peersOf(found).map((name) => [name, ...all.map((work) => cell(found[work].peers[name]))]);
}

function heapRows(heap) {
  return Object.keys(heap.bulk).map((name) => [
    name === "beq" ? "**BeQ**" : name,
    ...all.map((work) => (heap[work][name] === undefined ? "–" : count(heap[work][name]))),
  ]);
}

function callRows(calls) {
  const row = (name, cell) => [name, ...works.map((work) => cell(calls[work]))];
  return [
    row("`value`, × floor", ({ value }) => value.toFixed(2)),
    row("`resolve`, × floor", ({ resolve }) => resolve.toFixed(2)),
    row("counted, × not counted", ({ counted }) => counted.toFixed(2)),
  ];
}

function peersOf(found) {
  return Object.keys(found.on.peers);
}

function table(head, rows, column = "---:") {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, at) => (at === 0 ? "---" : column))), ...rows.map(line)].join("\n");
}

function machine() {
  return { cores: cpus().length, model: cpus()[0].model.trim(), node: process.version, load: loadavg()[0].toFixed(1) };
}

function ratio(rounds, above, below) {
  return median(rounds.map((round) => round[above] / round[below]));
}

function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function times(number) {
  return `${number.toFixed(number < 10 ? 1 : 0)} ×`;
}

function nanos(number) {
  return number < 100 ? number.toFixed(1) : count(number);
}

function count(number) {
  return Math.round(number).toLocaleString("en");
}
