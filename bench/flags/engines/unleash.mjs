// unleash-client over a repository in memory: no metrics, no files, no server.
import { EventEmitter } from "node:events";
import { InMemStorageProvider, Unleash } from "unleash-client";

export const lacks = [];

export async function createEngine({ flags }) {
  const repository = stored(flags);
  const client = new Unleash({
    appName: "bench",
    url: "http://localhost/",
    disableMetrics: true,
    storageProvider: new InMemStorageProvider(),
    repository,
  });
  await client.start();
  const keys = flags.map(({ key }) => key);

  return {
    context: ({ id, score, ...properties }) => ({ userId: id, properties: { ...properties, score } }),
    ask: (key, context) => client.isEnabled(key, context),
    run(asked, contexts, times) {
      let hits = 0;
      let at = 0;
      for (let time = 0; time < times; time++) {
        if (client.isEnabled(asked[at], contexts[time & 1_023])) hits++;
        if (++at === asked.length) at = 0;
      }
      return hits;
    },
    bulk(contexts, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) {
        const context = contexts[time & 1_023];
        answers += keys.map((key) => client.isEnabled(key, context)).length;
      }
      return answers;
    },
    close: () => client.destroy(),
  };
}

/** The repository that the client documents as replaceable: the same lookup as its own, and nothing fetched. */
function stored(flags) {
  const features = Object.fromEntries(flags.map((flag) => [flag.key, define(flag)]));
  const segments = new Map(flags.filter(({ ids }) => ids).map((flag) => [flag.key, segment(flag)]));
  const repository = Object.assign(new EventEmitter(), {
    getToggle: (key) => features[key],
    getToggles: () => Object.values(features),
    getSegment: (id) => segments.get(id),
    start: () => Promise.resolve(repository.emit("ready")),
    stop() {},
  });
  return repository;
}

function segment({ key, ids }) {
  return { id: key, name: key, constraints: [{ contextName: "userId", operator: "IN", values: ids }] };
}

function define(flag) {
  return {
    name: flag.key,
    enabled: flag.kind !== "off",
    strategies: [strategy(flag)],
    ...(flag.parent && { dependencies: [{ feature: flag.parent }] }),
  };
}

function strategy({ kind, key, percent, countries, score, version }) {
  const rollout = { name: "flexibleRollout", parameters: { groupId: key, rollout: percent, stickiness: "userId" } };
  switch (kind) {
    case "rollout":
      return { ...rollout, constraints: [] };
    case "segment":
      return { name: "default", constraints: [], segments: [key] };
    case "rules": {
      const constraints = [
        { contextName: "country", operator: "IN", values: countries },
        { contextName: "score", operator: "NUM_GTE", value: String(score) },
        { contextName: "version", operator: "SEMVER_GTE", value: version },
      ];
      return { ...rollout, constraints };
    }
    default:
      return { name: "default", constraints: [] };
  }
}
