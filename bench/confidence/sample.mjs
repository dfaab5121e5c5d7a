// node --import tsx bench/confidence/sample.mjs [tasks] > log.csv: an invented log of the format that run.mjs reads
import { createRandom } from "@beq/scheduler/confidence";

const tasks = Number(process.argv[2] ?? 3_000);
const random = createRandom(7);
const people = ["ada", "bo", "cy", "di", "ed", "flo"].map((name, index) => ({ name, bias: 0.75 + 0.15 * index }));
const sizes = [15, 30, 45, 60, 90, 120, 180, 240, 480];
const first = Date.UTC(2023, 0, 2);
const perDay = 8;

console.log("date,person,estimate_minutes,actual_minutes");
for (let index = 0; index < tasks; index += 1) {
  const { name, bias } = pick(people);
  const estimate = pick(sizes);
  // A third take just their estimate; the others scatter about what is usual for the person, with a heavy tail.
  const ratio = random() < 1 / 3 ? 1 : bias * Math.exp(0.6 * normal());
  const date = new Date(first + Math.floor(index / perDay) * 86_400_000).toISOString().slice(0, 10);
  console.log([date, name, estimate, Math.max(1, Math.round(estimate * ratio))].join(","));
}

function pick(list) {
  return list[Math.floor(random() * list.length)];
}

/** Of mean 0 and variance 1 (Box and Muller 1958). */
function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
