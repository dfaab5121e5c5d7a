import { goalsOf } from "./goals.mjs";

const names = { floor: "floor: an empty page", ours: "**BeQ**", peer: "FullCalendar" };

export function report(found) {
  const tables = Object.entries(found).map(([look, { frames, times }]) => [
    ...framesTable(look, frames),
    "",
    ...timesTable(look, times),
    "",
  ]);
  return [...tables.flat(), ...goalsTable(goalsOf(found))].join("\n");
}

function framesTable(look, frames) {
  const head = ["between frames: p50 ms", "p95", "p99", "late", "work of a frame: p50 ms", "p95", "p99", "× floor"];
  const rows = Object.entries(frames).flatMap(([scene, stages]) =>
    inOrder(stages).map(([stage, { interval, late, work, ...one }]) => [
      `${scene}, ${names[stage]}`,
      ...[interval.p50, interval.p95, interval.p99].map(tenth),
      percent(late),
      ...[work.p50, work.p95, work.p99, one.times_floor, one.script, one.style_and_layout].map(tenth),
      one.long_tasks,
    ]),
  );
  return table([look, ...head, "script", "style, layout", "long tasks"], rows);
}

function timesTable(look, times) {
  const rows = Object.entries(times).flatMap(([act, stages]) =>
    inOrder(stages).map(([stage, one]) => [`${act}, ${names[stage]}`, one.times, one.p50, one.worst]),
  );
  return table([`${look}: until the next frame`, "times", "p50 ms", "worst ms"], rows);
}

function goalsTable(goals) {
  const rows = goals.map(({ name, value, limit, unit, met, must }) => {
    const shown = unit === "%" ? percent : (number) => `${tenth(number)} ms`;
    const bound = `≤ ${shown(limit)} ${met ? "yes" : "NO"}`;
    return [name, shown(value), must ? bound : "–", bound];
  });
  return table(["goal", "found", "must", "aim"], rows);
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map((_, index) => (index === 0 ? "---" : "---:"))), ...rows.map(line)];
}

function inOrder(stages) {
  return Object.keys(names).flatMap((name) => (stages[name] ? [[name, stages[name]]] : []));
}

function percent(share) {
  return `${tenth(share * 100)} %`;
}

function tenth(value) {
  return value.toFixed(1);
}
