// ConfigCat's snapshot, which answers without promises, with cleartext lists: by default it hashes each id with SHA-256.
import { getClient, LogLevel, PollingMode } from "@configcat/sdk";

export const lacks = [];

const textIsOneOf = 0;
const versionIsAtLeast = 9;
const numberIsAtLeast = 15;

export async function createEngine({ flags }) {
  const config = {
    p: { u: "https://localhost", r: 0, s: "salt" },
    s: flags.filter(({ ids }) => ids).map(({ key, ids }) => ({ n: key, r: [oneOf("Identifier", ids)] })),
    f: Object.fromEntries(flags.map((flag, at) => [flag.key, define(flag, flags.slice(0, at))])),
  };
  const client = getClient(`configcat-sdk-1/${"a".repeat(22)}/${"b".repeat(22)}`, PollingMode.ManualPoll, {
    cache: { get: () => `${Date.now()}\netag\n${JSON.stringify(config)}`, set() {} },
    logger: { level: LogLevel.Off, log() {} },
  });
  await client.waitForReady();
  const snapshot = client.snapshot();
  const keys = flags.map(({ key }) => key);

  return {
    context: ({ id, country, ...custom }) => ({ identifier: id, country, custom }),
    ask: (key, user) => snapshot.getValue(key, false, user),
    run(asked, users, times) {
      let hits = 0;
      let at = 0;
      for (let time = 0; time < times; time++) {
        if (snapshot.getValue(asked[at], false, users[time & 1_023])) hits++;
        if (++at === asked.length) at = 0;
      }
      return hits;
    },
    bulk(users, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) {
        const user = users[time & 1_023];
        answers += keys.map((key) => snapshot.getValue(key, false, user)).length;
      }
      return answers;
    },
    close: () => client.dispose(),
  };
}

function define(flag, before) {
  const isOn = flag.kind === "on";
  const options = flag.kind === "rollout" && { p: shares(flag.percent) };
  const rule = ruleOf(flag, before);
  return { t: 0, v: { b: isOn }, i: "default", ...options, ...(rule && { r: [rule] }) };
}

function ruleOf(flag, before) {
  const served = { s: { v: { b: true }, i: "on" } };
  switch (flag.kind) {
    case "segment":
      return { c: [{ s: { s: before.filter(({ kind }) => kind === "segment").length, c: 0 } }], ...served };
    case "prereq":
      return { c: [{ p: { f: flag.parent, c: 0, v: { b: true } } }], ...served };
    case "rules":
      return {
        c: [
          { u: oneOf("Country", flag.countries) },
          { u: { a: "score", c: numberIsAtLeast, d: flag.score } },
          { u: { a: "version", c: versionIsAtLeast, s: flag.version } },
        ],
        p: shares(flag.percent),
      };
    default:
      return undefined;
  }
}

function oneOf(attribute, values) {
  return { a: attribute, c: textIsOneOf, l: values };
}

function shares(percent) {
  return [
    { p: percent, v: { b: true }, i: "on" },
    { p: 100 - percent, v: { b: false }, i: "off" },
  ];
}
