import { expected } from "./world.mjs";

/** Asks every flag for every user and throws where an engine answers otherwise than the flags say. */
export async function check(label, engine, { flags, users }, lacks = []) {
  const shares = new Map();
  for (const flag of flags) {
    if (lacks.includes(flag.kind)) continue;
    for (const user of users) await checkOne(label, engine, flag, user, shares);
  }
  for (const [kind, share] of shares) checkShare(`${label}, ${kind}`, share);
}

/** Asks both engines every flag for every user and throws where they differ. */
export function checkTwins(one, other, { flags, users }) {
  for (const { key } of flags)
    for (const user of users)
      if (one.ask(key, one.context(user)) !== other.ask(key, other.context(user)))
        throw new Error(`${key} is answered differently to ${JSON.stringify(user)}`);
}

async function checkOne(label, engine, flag, user, shares) {
  const answer = await engine.ask(flag.key, engine.context(user));
  const wanted = expected(flag, user);
  if (wanted === undefined) count(shares, flag, answer);
  else if (answer !== wanted) throw new Error(`${label}: ${flag.key} answers ${answer} to ${JSON.stringify(user)}`);
}

function count(shares, { kind, percent }, answer) {
  const share = shares.get(kind) ?? { asked: 0, on: 0, wanted: percent / 100 };
  share.asked++;
  if (answer) share.on++;
  shares.set(kind, share);
}

/** Within five standard deviations of a binomial sample. */
function checkShare(label, { asked, on, wanted }) {
  const bound = 5 * Math.sqrt((wanted * (1 - wanted)) / asked);
  const share = on / asked;
  if (Math.abs(share - wanted) > bound) throw new Error(`${label}: share ${share} instead of ${wanted} ± ${bound}`);
}
