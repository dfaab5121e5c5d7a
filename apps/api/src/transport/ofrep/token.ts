import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Tokens for event streams, which a browser's `EventSource` can only send in the address. A token names a key without
 * being it, opens nothing but the stream, which has no values, and is the same each time, so that the address is.
 */
export type Tokens = {
  of(keyId: string): string;
  /** The id of the key; undefined for what we did not make. */
  keyIn(token: string): string | undefined;
};

export function createTokens(secret: string): Tokens {
  const mark = (keyId: string) => createHmac("sha256", secret).update(`event stream ${keyId}`).digest().subarray(0, 18);
  const kept = new Map<string, string>();
  const make = (keyId: string) => `${Buffer.from(keyId).toString("base64url")}.${mark(keyId).toString("base64url")}`;

  return {
    of(keyId) {
      const known = kept.get(keyId);
      if (known !== undefined) return known;
      const token = make(keyId);
      if (kept.size >= mostKept) kept.clear();
      kept.set(keyId, token);
      return token;
    },
    keyIn(token) {
      const [name = "", given = ""] = token.split(".");
      const keyId = Buffer.from(name, "base64url").toString("utf8");
      const expected = mark(keyId);
      const found = Buffer.from(given, "base64url");
      return found.length === expected.length && timingSafeEqual(found, expected) ? keyId : undefined;
    },
  };
}

// The tokens of that many keys are not made anew for each answer.
const mostKept = 1_000;
