import type { Bucket } from "../../foreign.ts";
import { sha1 } from "../../hash/sha1.ts";

/** One more than the largest number of 15 hexadecimal digits, as a double has it. */
const SCALE = 2 ** 60;

/**
 * LaunchDarkly: the first 15 hexadecimal digits of sha1(utf8(`salt.id`)) as a share of all that there are. The salt is
 * `flag.salt`, or the seed of the rollout (https://docs.launchdarkly.com/sdk/concepts/flag-evaluation-rules). Ids are
 * texts and whole numbers; whatever has none falls at 0, which is the first share.
 */
export const launchdarkly: Bucket = {
  name: "launchdarkly",
  bucket: (salt, of) => (id) => {
    const text = typeof id === "string" ? id : Number.isInteger(id) ? String(id) : undefined;
    if (text === undefined) return 0;

    const [first, second] = sha1(`${salt}.${text}`);
    return ((first * 2 ** 28 + (second >>> 4)) / SCALE) * of;
  },
};
