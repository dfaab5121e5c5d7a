// Ours, as it ships: `value` answers and counts, `resolve` adds variant, reason and rule, `peek` does not count.

export async function createEngine({ flags }, { bundle, call = "value" }) {
  const { compile } = await import(bundle);
  const compiled = compile({
    version: 1,
    flags: Object.fromEntries(flags.map((flag) => [flag.key, define(flag)])),
    segments: Object.fromEntries(segments(flags)),
  });

  return {
    context: ({ id, ...attributes }) => ({ targetingKey: id, ...attributes }),
    ask: (key, context) => compiled.value(key, context),
    run: runs[call](compiled),
    bulk(contexts, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) answers += compiled.resolveAll(contexts[time & 1_023]).length;
      return answers;
    },
    close() {},
  };
}

// One loop for each call, so that none runs on what the optimizer learnt from another.
const runs = {
  value: (compiled) => (keys, contexts, times) => {
    let hits = 0;
    let at = 0;
    for (let time = 0; time < times; time++) {
      if (compiled.value(keys[at], contexts[time & 1_023])) hits++;
      if (++at === keys.length) at = 0;
    }
    return hits;
  },
  resolve: (compiled) => (keys, contexts, times) => {
    let hits = 0;
    let at = 0;
    for (let time = 0; time < times; time++) {
      if (compiled.resolve(keys[at], contexts[time & 1_023]).value) hits++;
      if (++at === keys.length) at = 0;
    }
    return hits;
  },
  peek: (compiled) => (keys, contexts, times) => {
    let hits = 0;
    let at = 0;
    for (let time = 0; time < times; time++) {
      if (compiled.peek(keys[at], contexts[time & 1_023]).value) hits++;
      if (++at === keys.length) at = 0;
    }
    return hits;
  },
};

/** Names and documents of the segments that the flags name. */
export function segments(flags) {
  return flags.filter(({ kind }) => kind === "segment").map(({ key, ids }) => [key, { ids }]);
}

export function define(flag) {
  return {
    description: "",
    type: "boolean",
    enabled: flag.kind !== "off",
    variants: { on: true, off: false },
    off: "off",
    requires: flag.kind === "prereq" ? [{ flag: flag.parent, variants: ["on"] }] : [],
    rules: rules(flag),
    otherwise: otherwise(flag),
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "permanent",
    version: 1,
  };
}

function otherwise({ kind, percent }) {
  if (kind === "rollout") return split(percent);
  return { variant: kind === "rules" || kind === "segment" ? "off" : "on" };
}

function rules({ key, kind, countries, score, version, percent }) {
  if (kind === "segment") return [{ id: "members", when: { segment: key }, serve: { variant: "on" } }];
  if (kind !== "rules") return [];
  const all = [
    { attribute: "country", op: "one_of", values: countries },
    { attribute: "score", op: "at_least", value: score },
    { attribute: "version", op: "semver_at_least", value: version },
  ];
  return [{ id: "matching", when: { all }, serve: split(percent) }];
}

function split(percent) {
  return {
    split: {
      weights: [
        { variant: "on", weight: percent },
        { variant: "off", weight: 100 - percent },
      ],
    },
  };
}
