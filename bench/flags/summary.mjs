import { cpus, loadavg } from "node:os";

import { goals } from "./goals.mjs";
import { median } from "./median.mjs";
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

function machine() {
  return { cores: cpus().length, model: cpus()[0].model.trim(), node: process.version, load: loadavg()[0].toFixed(1) };
}

function ratio(rounds, above, below) {
  return median(rounds.map((round) => round[above] / round[below]));
}
