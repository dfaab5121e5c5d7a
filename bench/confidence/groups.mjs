import { createRandom } from "@beq/scheduler/confidence";

import { Refusal } from "./refusal.mjs";

const judged = 0.3;
const [fewest, most] = [2, 10];
const [tightest, loosest] = [0.7, 2];
const mostActuals = 5_000;

/**
 * Groups of 2 to 10 consecutive tasks of one person in the last 30 % of the log, with a deadline of 0.7 to 2 times the
 * sum of their estimates: where they start, how many they are and how tight it is are all uniform. `past` are the tasks
 * that the person had finished before, oldest first, as many as a request may hold.
 */
export function groupsOf(rows, { count, seed }) {
  const from = Math.floor(rows.length * (1 - judged));
  const people = byPerson(rows.map((row, index) => ({ ...row, index })));
  const starts = people.flatMap((own) =>
    own.flatMap(({ index }, place) => (index >= from && place + fewest <= own.length ? [{ own, place }] : [])),
  );
  if (starts.length === 0) throw new Refusal("nobody has two tasks in the last 30 % of the log");

  const random = createRandom(seed);
  const groups = [];
  while (groups.length < count) {
    const { own, place } = starts[Math.floor(random() * starts.length)];
    const size = fewest + Math.floor(random() * (most - fewest + 1));
    const factor = tightest + random() * (loosest - tightest);
    if (place + size > own.length) continue;
    groups.push(group(own, place, size, factor));
  }
  return groups;
}

function group(own, place, size, factor) {
  const tasks = own.slice(place, place + size);
  const deadline = factor * sum(tasks.map(({ estimate }) => estimate));
  return {
    person: tasks[0].person,
    tasks,
    deadline,
    held: sum(tasks.map(({ actual }) => actual)) <= deadline,
    past: own.slice(Math.max(0, place - mostActuals), place),
  };
}

/** One list for each person, in the order given. */
export function byPerson(list) {
  const people = new Map();
  for (const each of list) {
    const own = people.get(each.person);
    if (own) own.push(each);
    else people.set(each.person, [each]);
  }
  return [...people.values()];
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
