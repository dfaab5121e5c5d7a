import type { Item } from "./item.ts";
import type { Bill } from "./placement.ts";
import { minutes, type Span } from "./spans.ts";
import type { World } from "./world.ts";
import { lengthName } from "./words.ts";

type Place = Span & { readonly bill: Bill };

/** So many reasons are given, those that cost the most. */
const mostReasons = 2;

/** Why one place is worse than another, in a sentence. */
export function worse(world: World, item: Item, here: Place, there: Place): string {
  const grown = [...there.bill]
    .map(([name, cost]) => ({ name, more: cost - (here.bill.get(name) ?? 0) }))
    .filter(({ more }) => more > 0)
    .sort((a, b) => b.more - a.more)
    .slice(0, mostReasons);
  const said = grown.map(({ name }) => words(world, item, here, there)[name]);
  const [first, ...rest] = said;
  if (first === undefined) return "It is as good a place as this one.";
  return `${first[0]?.toUpperCase()}${[first.slice(1), ...rest].join(", and ")}.`;
}

function words(
  { problem: { preferences } }: World,
  { want }: Item,
  here: Place,
  there: Place,
): Record<string, string> {
  const due = want?.deadline ?? there.end;
  const isDemanding = want?.priority === "high" || want?.priority === "urgent";
  return {
    deadline: `it would finish ${lengthName(minutes({ start: due, end: there.end }))} after its deadline`,
    delay: `it would be done ${lengthName(minutes({ start: here.end, end: there.end }))} later`,
    preferred_time: `less of it would be in the preferred ${want?.preferred ?? "time"}`,
    energy: "less of it would be in your energy peak",
    focus: isDemanding ? "less of it would be in focus time" : "it would take focus time",
    late_hours: `more of it would be after ${preferences.avoid_scheduling_after.slice(0, 5)}`,
    soft_constraint: "it would take time that you would rather keep free",
    fragment: "it would leave a gap too short to use",
    split: "it would be in more pieces",
    moved: "it would stand away from where it stood before",
    category_switch: "the day would change more often between kinds of work",
    balance: "it would fall on a fuller day",
  };
}
