// The flags and users that every engine is asked about, in no engine's format.

export const userCount = 1_024;

/** What is timed one flag at a time; `off` flags are only part of the 100. */
export const works = ["on", "rollout", "rules", "segment", "prereq"];

const counts = { on: 30, off: 10, rollout: 25, rules: 20, segment: 10, prereq: 5 };
const alphabet = [..."ABCDEFGHIJ"];
const countries = alphabet.flatMap((first) => alphabet.map((second) => first + second));

/** 100 flags, 1,024 users, the same on every run. */
export function createWorld() {
  const random = seeded(7);
  const users = numbered(userCount, () => ({
    id: `user-${Math.floor(random() * 1e7)}`,
    country: countries[Math.floor(random() * countries.length)],
    score: Math.floor(random() * 100),
    version: `${Math.floor(random() * 4)}.${Math.floor(random() * 10)}.${Math.floor(random() * 10)}`,
  }));
  const flags = Object.entries(counts).flatMap(([kind, count]) =>
    numbered(count, (at) => ({ key: `${kind}_${at}`, kind, ...parts(kind, at, users, random) })),
  );
  // Through JSON, as documents arrive: texts are flat, and keys are the ones that every engine stores.
  return JSON.parse(JSON.stringify({ flags, users }));
}

function parts(kind, at, users, random) {
  switch (kind) {
    case "rollout":
      return { percent: 25 };
    case "rules":
      return {
        countries: countries.slice(at * 2, at * 2 + 50),
        score: 20 + at,
        version: `1.${at % 10}.0`,
        percent: 50,
      };
    case "segment":
      return { ids: members(users, random) };
    case "prereq":
      return { parent: `rollout_${at}`, percent: 25 };
    default:
      return {};
  }
}

/** 1,000 ids: half of the users, and others who never ask. */
function members(users, random) {
  const asking = users.filter(() => random() < 0.5).map(({ id }) => id);
  return [...asking, ...numbered(1_000 - asking.length, (at) => `other-${at}`)];
}

/** What every engine must answer; undefined where its own hash decides. */
export function expected(flag, user) {
  switch (flag.kind) {
    case "on":
      return true;
    case "off":
      return false;
    case "segment":
      return flag.ids.includes(user.id);
    case "rules":
      return isMatch(flag, user) ? undefined : false;
    default:
      return undefined;
  }
}

function isMatch({ countries: allowed, score, version }, user) {
  return allowed.includes(user.country) && user.score >= score && order(user.version) >= order(version);
}

function order(version) {
  const [major, minor, patch] = version.split(".").map(Number);
  return major * 1e6 + minor * 1e3 + patch;
}

function numbered(count, make) {
  return Array.from({ length: count }, (_, at) => make(at));
}

/** Numerical Recipes' linear congruential generator, from 0 up to 1. */
function seeded(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
