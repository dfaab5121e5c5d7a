// GrowthBook's client for servers: one instance for all users, no tracking, no debug log.
import { GrowthBookClient } from "@growthbook/growthbook";

export const lacks = [];

export function createEngine({ flags }) {
  const groups = flags.filter(({ kind }) => kind === "segment").map(({ key, ids }) => [key, ids]);
  const client = new GrowthBookClient().initSync({
    payload: {
      features: Object.fromEntries(flags.map((flag) => [flag.key, define(flag)])),
      savedGroups: Object.fromEntries(groups),
    },
  });
  const keys = flags.map(({ key }) => key);

  return {
    context: (user) => ({ attributes: user }),
    ask: (key, context) => client.isOn(key, context),
    run(asked, contexts, times) {
      let hits = 0;
      let at = 0;
      for (let time = 0; time < times; time++) {
        if (client.isOn(asked[at], contexts[time & 1_023])) hits++;
        if (++at === asked.length) at = 0;
      }
      return hits;
    },
    bulk(contexts, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) {
        const context = contexts[time & 1_023];
        answers += keys.map((key) => client.evalFeature(key, context)).length;
      }
      return answers;
    },
    close: () => client.destroy(),
  };
}

function define(flag) {
  const rule = ruleOf(flag);
  return { defaultValue: flag.kind === "on" || flag.kind === "prereq", ...(rule && { rules: [rule] }) };
}

function ruleOf({ kind, key, percent, parent, countries, score, version }) {
  switch (kind) {
    case "rollout":
      return { force: true, coverage: percent / 100, hashAttribute: "id" };
    case "rules": {
      const condition = { country: { $in: countries }, score: { $gte: score }, version: { $vgte: version } };
      return { condition, force: true, coverage: percent / 100, hashAttribute: "id" };
    }
    case "segment":
      return { condition: { id: { $inGroup: key } }, force: true };
    case "prereq":
      return { parentConditions: [{ id: parent, condition: { value: true }, gate: true }] };
    default:
      return undefined;
  }
}
