import type { Explanation, Weights } from "../../contract/index.ts";
import type { CostName } from "../problem/costs.ts";
import type { Placed } from "../problem/placed.ts";
import type { Item } from "../problem/item.ts";
import type { Problem } from "../problem/problem.ts";
import { minuteMs, minutes } from "../time/spans.ts";
import { costsAt } from "./bill.ts";
import { clockName, lengthName, list, momentName, withoutSeconds } from "../time/words.ts";

type Better = Explanation["better"][number];

/** Why an item stands where it stands, in one sentence without a full stop. */
export function reasonFor(
  placed: Placed,
  problem: Problem,
  ends: ReadonlyMap<number, Placed>,
  explanation: Explanation | null,
): string {
  const { item, start } = placed;
  const { zone } = problem.calendar;
  const when = momentName(zone, start);
  if (item.kind === "lunch") return `${when}${lunchShift(placed, problem)}`;
  if (item.kind === "event") return `${when}, ${eventMove(placed, zone)}`;
  if (item.want?.locked)
    return `${when}, ${start < problem.demand.start ? "as it has begun" : "where it was put by hand"}`;

  const { text, isGood } = place(placed, problem);
  const [better] = explanation?.better ?? [];
  const standing = text ?? (better ? " at the best time that is free" : " at the best time for it");
  const clauses = [standing, moved(placed, problem), order(placed, ends), finish(placed)];
  const blocked = better && !isGood && better.saves >= worthSaying ? `; ${blockedBy(better, problem)}` : "";
  return `${when}${clauses.filter(Boolean).join(", ")}${blocked}`;
}

function eventMove({ item, start }: Placed, zone: string): string {
  if (!item.was || item.was.start === start) return "where it was";
  const why = item.home ? "to make room for what could not stand elsewhere" : "as it could not stay there";
  return `moved from ${momentName(zone, item.was.start)} ${why}`;
}

function lunchShift({ item, start }: Placed, { calendar: { zone }, preferences }: Problem): string {
  const usual = withoutSeconds(preferences.lunch_time);
  const actual = clockName(zone, start);
  return actual === usual
    ? ", at your lunch time"
    : `, the nearest free time to ${usual} for ${lengthName(item.minutes)}`;
}

const mostBlockers = 2;
/** Half of what missing an energy peak costs: less is not worth a sentence. */
const worthSaying = 30;

function blockedBy(
  { start_time, blocked_by, blocked_by_more: unnamed }: Better,
  { calendar: { zone } }: Problem,
): string {
  const names = blocked_by.map(({ event_id: id, title }) => (id === null ? title : `'${title}'`));
  const verb = names.length === 1 ? "is" : "are";
  return `${list(names, mostBlockers, names.length + unnamed)} ${verb} in the way of ${momentName(zone, Date.parse(start_time))}`;
}

/** What there is to say of the time of day; whether it is all that one could wish. */
function place({ item, start }: Placed, problem: Problem): { text: string | null; isGood: boolean } {
  const { preferences, weights } = problem;
  const costs = costsAt(item, problem, start);
  const until = withoutSeconds(preferences.avoid_scheduling_after);
  const late = costs.get("late_hours") ?? 0;
  const words = [preferredWords(item, costs, weights), peakWords(item, costs, weights)];
  if (late > 0)
    words.push(late < item.minutes * weights.late_hours_per_minute ? `running past ${until}` : `later than ${until}`);
  if ((costs.get("soft_constraint") ?? 0) > 0) words.push("in time that you would rather keep free");
  const said = words.filter(Boolean);
  const missed = ["preferred_time", "energy", "late_hours", "soft_constraint"] as const;
  const isGood = said.length > 0 && missed.every((name) => (costs.get(name) ?? 0) === 0);
  return { text: said.length > 0 ? ` ${said.join(", ")}` : null, isGood };
}

function preferredWords(item: Item, costs: ReadonlyMap<CostName, number>, { preferred_time }: Weights): string {
  const cost = costs.get("preferred_time");
  const preferred = item.want?.preferred;
  if (cost === undefined) return "";
  if (cost === 0) return `in the ${preferred} as preferred`;
  return cost < preferred_time
    ? `partly in the preferred ${preferred}`
    : `outside the preferred ${preferred}, ${missed(item)}`;
}

/** Only demanding tasks have a cost of energy. */
function peakWords({ want }: Item, costs: ReadonlyMap<CostName, number>, { energy }: Weights): string {
  const cost = costs.get("energy");
  if (cost === undefined || want === null) return "";
  if (costs.get("focus") === 0) return "in focus time";
  if (cost === 0) return "in your energy peak";
  return cost < energy ? "partly in your energy peak" : "";
}

/** Why a preferred time of day was not kept. */
function missed({ rules, starts }: Item): string {
  const rule = rules.find(({ name }) => name === "preferred_time");
  const possible = starts.some((slot) => rule?.cost(slot) === 0);
  return possible ? "which costs less than waiting for it" : "which its free hours do not reach";
}

function moved({ item, start }: Placed, { calendar: { zone } }: Problem): string {
  if (!item.was || item.was.start === start) return "";
  return `moved from ${momentName(zone, item.was.start)}`;
}

function order({ item }: Placed, ends: ReadonlyMap<number, Placed>): string {
  // That a piece follows the one before goes without saying.
  const last = item.before
    .flatMap((index) => ends.get(index) ?? [])
    .filter((other) => other.item.want?.taskId !== item.want?.taskId)
    .reduce<Placed | undefined>((latest, each) => (latest && latest.end >= each.end ? latest : each), undefined);
  return last ? `after '${last.item.title}'` : "";
}

function finish({ item, end }: Placed): string {
  const due = item.want?.deadline ?? null;
  if (due === null) return "";
  if (end > due) return `finishes ${lengthName(minutes({ start: due, end }))} after its deadline`;
  return due - end < minuteMs
    ? "finishes right at its deadline"
    : `finishes ${lengthName(minutes({ start: end, end: due }))} before its deadline`;
}
