import { count, nanos } from "./text.mjs";
import { works } from "./world.mjs";

const all = [...works, "bulk"];

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
