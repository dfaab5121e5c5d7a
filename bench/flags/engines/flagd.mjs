// @openfeature/flagd-core, the engine alone: OpenFeature's API above it would cost 15 µs a call.
import { FlagdCore } from "@openfeature/flagd-core";

/** It has no prerequisites: in `bulk`, those flags have their parent's rollout instead. */
export const lacks = ["prereq"];

/** Its hash is ours, so that every single answer must be. */
export const isTwin = true;

export function createEngine({ flags }) {
  const core = new FlagdCore(undefined, silent);
  core.setConfigurations(JSON.stringify({ flags: Object.fromEntries(flags.map((flag) => [flag.key, define(flag)])) }));

  return {
    context: ({ id, ...attributes }) => ({ targetingKey: id, ...attributes }),
    ask: (key, context) => core.resolveBooleanEvaluation(key, false, context).value,
    run(keys, contexts, times) {
      let hits = 0;
      let at = 0;
      for (let time = 0; time < times; time++) {
        if (core.resolveBooleanEvaluation(keys[at], false, contexts[time & 1_023]).value) hits++;
        if (++at === keys.length) at = 0;
      }
      return hits;
    },
    bulk(contexts, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) answers += core.resolveAll(contexts[time & 1_023]).length;
      return answers;
    },
    close() {},
  };
}

const silent = { error() {}, warn() {}, info() {}, debug() {} };

function define(flag) {
  return {
    state: flag.kind === "off" ? "DISABLED" : "ENABLED",
    variants: { on: true, off: false },
    defaultVariant: flag.kind === "on" ? "on" : "off",
    ...targeting(flag),
  };
}

function targeting(flag) {
  switch (flag.kind) {
    case "rollout":
      return { targeting: { fractional: shares(flag.percent) } };
    case "prereq":
      return { targeting: { fractional: [{ cat: [flag.parent, { var: "targetingKey" }] }, ...shares(flag.percent)] } };
    case "segment":
      return { targeting: { if: [{ in: [{ var: "targetingKey" }, flag.ids] }, "on", "off"] } };
    case "rules":
      return { targeting: { if: [{ and: conditions(flag) }, { fractional: shares(flag.percent) }, "off"] } };
    default:
      return {};
  }
}

function conditions({ countries, score, version }) {
  return [
    { in: [{ var: "country" }, countries] },
    { ">=": [{ var: "score" }, score] },
    { sem_ver: [{ var: "version" }, ">=", version] },
  ];
}

function shares(percent) {
  return [
    ["on", percent],
    ["off", 100 - percent],
  ];
}
