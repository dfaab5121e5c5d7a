// LaunchDarkly's server SDK over its own test data source: no stream, no events, no logs. Its answers are promises.
import { init } from "@launchdarkly/node-server-sdk";
import { TestData } from "@launchdarkly/node-server-sdk/integrations";

export const lacks = [];

export async function createEngine({ flags }) {
  const data = new TestData();
  for (const flag of flags) if (flag.ids) data.usePreconfiguredSegment(segment(flag));
  for (const flag of flags) data.usePreconfiguredFlag(define(flag));
  const client = init("bench", {
    updateProcessor: data.getFactory(),
    sendEvents: false,
    diagnosticOptOut: true,
    logger: { error() {}, warn() {}, info() {}, debug() {} },
  });
  await client.waitForInitialization({ timeout: 5 });

  return {
    context: ({ id, ...attributes }) => ({ kind: "user", key: id, ...attributes }),
    ask: (key, context) => client.variation(key, context, false),
    async run(keys, contexts, times) {
      let hits = 0;
      let at = 0;
      for (let time = 0; time < times; time++) {
        if (await client.variation(keys[at], contexts[time & 1_023], false)) hits++;
        if (++at === keys.length) at = 0;
      }
      return hits;
    },
    async bulk(contexts, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) {
        const state = await client.allFlagsState(contexts[time & 1_023]);
        if (state.valid) answers += 100;
      }
      return answers;
    },
    close: () => client.close(),
  };
}

function segment({ key, ids }) {
  return { key, version: 1, included: ids, excluded: [], rules: [], salt: key };
}

function define(flag) {
  return {
    key: flag.key,
    version: 1,
    on: flag.kind !== "off",
    variations: [true, false],
    offVariation: 1,
    fallthrough: fallthrough(flag),
    prerequisites: flag.parent ? [{ key: flag.parent, variation: 0 }] : [],
    targets: [],
    rules: rules(flag),
    salt: flag.key,
    trackEvents: false,
  };
}

function fallthrough({ kind, percent }) {
  if (kind === "rollout") return shares(percent);
  return { variation: kind === "on" || kind === "prereq" ? 0 : 1 };
}

function rules({ kind, key, percent, countries, score, version }) {
  if (kind === "segment") return [{ id: "members", clauses: [clause("", "segmentMatch", [key])], variation: 0 }];
  if (kind !== "rules") return [];
  // It has no "at least" for versions.
  const clauses = [
    clause("country", "in", countries),
    clause("score", "greaterThanOrEqual", [score]),
    { ...clause("version", "semVerLessThan", [version]), negate: true },
  ];
  return [{ id: "matching", clauses, ...shares(percent) }];
}

function clause(attribute, op, values) {
  return { contextKind: "user", attribute, op, values, negate: false };
}

function shares(percent) {
  const variations = [
    { variation: 0, weight: percent * 1_000 },
    { variation: 1, weight: (100 - percent) * 1_000 },
  ];
  return { rollout: { contextKind: "user", variations } };
}
