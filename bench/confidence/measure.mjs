import { basename } from "node:path";

import { groupsOf } from "./groups.mjs";
import { readLog } from "./log.mjs";
import { predict, sourcesFor } from "./predict.mjs";
import { Refusal } from "./refusal.mjs";
import { scoreOf } from "./score.mjs";

/** Reads a log, forecasts its last 30 %, and scores the forecasts. */
export function measure(file, { history, count, seed, without }) {
  const sources = sourcesFor(file, without);
  if (sources.length === 0) throw new Refusal("--without leaves no log to make a prior of");
  const groups = groupsOf(readLog(file), { count, seed });
  const forecasts = predict(groups, { sources, history, seed });
  const judged = groups.map(({ person, held, tasks }, index) => ({
    person,
    held,
    index: tasks[0].index,
    p: forecasts[index],
  }));
  return { log: basename(file), prior: sources, history, ...scoreOf(judged, seed) };
}
