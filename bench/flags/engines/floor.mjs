// The least that could do the work: one closure by hand for each flag, one Map lookup, nothing allocated, no reasons.

export function createEngine({ flags }) {
  const closures = new Map();
  for (const flag of flags) closures.set(flag.key, closure(flag, closures));
  const all = [...closures.values()];

  return {
    context: (user) => user,
    ask: (key, user) => closures.get(key)(user),
    run(keys, users, times) {
      let hits = 0;
      let at = 0;
      for (let time = 0; time < times; time++) {
        if (closures.get(keys[at])(users[time & 1_023])) hits++;
        if (++at === keys.length) at = 0;
      }
      return hits;
    },
    bulk(users, times) {
      let answers = 0;
      for (let time = 0; time < times; time++) {
        const user = users[time & 1_023];
        // A copy to write over is the fastest array of the right length.
        const values = all.slice();
        for (let at = 0; at < all.length; at++) values[at] = all[at](user);
        answers += values.length;
      }
      return answers;
    },
    close() {},
  };
}

function closure(flag, closures) {
  switch (flag.kind) {
    case "on":
      return () => true;
    case "off":
      return () => false;
    case "rollout":
      return rollout(flag);
    case "rules":
      return rules(flag);
    case "segment":
      return segment(flag);
    case "prereq":
      return closures.get(flag.parent);
  }
}

function rollout({ key, percent }) {
  const seed = hash(0, key);
  const limit = percent * 100;
  return (user) => bucket(seed, user.id) < limit;
}

function rules({ key, countries, score, version, percent }) {
  const allowed = new Set(countries);
  const wanted = order(version);
  const seed = hash(0, key);
  const limit = percent * 100;
  return (user) =>
    allowed.has(user.country) && user.score >= score && order(user.version) >= wanted && bucket(seed, user.id) < limit;
}

function segment({ ids }) {
  const members = new Set(ids);
  return (user) => members.has(user.id);
}

/** Three numbers of up to three digits, without a prerelease. */
function order(version) {
  let sum = 0;
  let number = 0;
  for (let at = 0; at < version.length; at++) {
    const code = version.charCodeAt(at);
    if (code === 46) {
      sum = (sum + number) * 1_000;
      number = 0;
    } else number = number * 10 + code - 48;
  }
  return sum + number;
}

/** One of 10,000 buckets. */
function bucket(seed, id) {
  return (hash(seed, id) >>> 0) % 10_000;
}

/** murmur3_x86_32 of an ASCII text. */
function hash(seed, text) {
  const whole = text.length & ~3;
  let h = seed;
  for (let at = 0; at < whole; at += 4) {
    const block =
      text.charCodeAt(at) |
      (text.charCodeAt(at + 1) << 8) |
      (text.charCodeAt(at + 2) << 16) |
      (text.charCodeAt(at + 3) << 24);
    h ^= scramble(block);
    h = (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
  }
  let tail = 0;
  for (let at = text.length - 1; at >= whole; at--) tail = (tail << 8) | text.charCodeAt(at);
  h ^= scramble(tail) ^ text.length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function scramble(block) {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}
