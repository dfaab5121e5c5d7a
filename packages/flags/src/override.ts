import { z } from "zod";
import type { ForcedVariants } from "./forced.ts";

/** Variants that somebody may force for a while. */
export interface Override {
  readonly variants: ForcedVariants;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** The only user it works for; left out, whoever carries it. */
  readonly userId?: string | undefined;
}

/** What a token turned out to be. Tell nobody more than that it was refused: the reason is for the log. */
export type VerifiedOverride =
  | { readonly ok: true; readonly override: Override }
  | { readonly ok: false; readonly reason: "malformed" | "forged" | "expired" | "other_user" };

/** What `createOverrides` is made of. */
export interface OverridesDeps {
  /** The deployment's secrets, at least 32 characters each: the first signs, all verify, so that they can be rotated. */
  readonly secrets: readonly [string, ...string[]];
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Signs overrides and verifies their tokens; works wherever WebCrypto does. */
export interface Overrides {
  /** A token for a cookie or header. Rejects with a RangeError what has expired already or lives longer than 30 days. */
  sign(override: Override): Promise<string>;
  /** `userId`: who carries the token. Never rejects. */
  verify(token: string, userId: string | undefined): Promise<VerifiedOverride>;
}

/** The cookie that carries a token. */
export const overrideCookie = "beq_flag_override";
/** The header that carries a token. */
export const overrideHeader = "x-flag-override";

const VERSION = "v1";
const MAX_LIFE_MILLISECONDS = 30 * 24 * 3600 * 1000;
const MAX_TOKEN_LENGTH = 4096;
const MIN_SECRET_LENGTH = 32;

const Payload = z.strictObject({ v: z.record(z.string(), z.string()), e: z.number(), u: z.string().optional() });

/** Makes the signer and verifier of one deployment. Throws a RangeError for a secret that is too short. */
export function createOverrides({ secrets, now }: OverridesDeps): Overrides {
  if (secrets.some((secret) => secret.length < MIN_SECRET_LENGTH)) {
    throw new RangeError(`a secret needs at least ${MIN_SECRET_LENGTH} characters`);
  }
  const keys = Promise.all(secrets.map(importKey));

  return {
    sign: async ({ variants, expiresAt, userId }) => {
      const life = expiresAt - now();
      if (!(life > 0 && life <= MAX_LIFE_MILLISECONDS)) throw new RangeError("an override lives up to 30 days");

      const payload = encode(new TextEncoder().encode(JSON.stringify({ v: variants, e: expiresAt, u: userId })));
      const [key] = await keys;
      if (!key) throw new RangeError("there is no secret");
      const token = `${VERSION}.${payload}.${encode(await crypto.subtle.sign("HMAC", key, signed(payload)))}`;
      if (token.length > MAX_TOKEN_LENGTH) throw new RangeError(`a token has at most ${MAX_TOKEN_LENGTH} characters`);
      return token;
    },
    verify: async (token, userId) => {
      const parts = token.length <= MAX_TOKEN_LENGTH ? token.split(".") : [];
      const [version, payload = "", mac = ""] = parts;
      const bytes = decode(mac);
      if (parts.length !== 3 || version !== VERSION || !bytes) return refused("malformed");

      // Nothing of the payload is looked at before its signature holds.
      if (!(await isSigned(payload, bytes, await keys))) return refused("forged");
      return judged(payload, userId, now());
    },
  };
}

function judged(payload: string, userId: string | undefined, now: number): VerifiedOverride {
  const parsed = Payload.safeParse(jsonOf(payload));
  if (!parsed.success) return refused("malformed");

  const { v: variants, e: expiresAt, u: owner } = parsed.data;
  if (now >= expiresAt) return refused("expired");
  if (owner !== undefined && owner !== userId) return refused("other_user");
  return { ok: true, override: { variants, expiresAt, userId: owner } };
}

function refused(reason: "malformed" | "forged" | "expired" | "other_user"): VerifiedOverride {
  return { ok: false, reason };
}

/** Named by what makes it: `CryptoKey` is a global type in browsers only. */
type Key = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

function importKey(secret: string): Promise<Key> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", new TextEncoder().encode(secret), algorithm, false, ["sign", "verify"]);
}

/** `subtle.verify` compares in constant time. */
async function isSigned(payload: string, mac: Uint8Array<ArrayBuffer>, keys: readonly Key[]): Promise<boolean> {
  const results = await Promise.all(keys.map((key) => crypto.subtle.verify("HMAC", key, mac, signed(payload))));
  return results.includes(true);
}

/** Named, so that a signature made with the same secret for another purpose is none here. */
function signed(payload: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`beq flag override ${VERSION} ${payload}`);
}

function encode(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  const text = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("");
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Undefined for what `encode` would have written otherwise: a token has one spelling. */
function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return encode(bytes) === text ? bytes : undefined;
}

function jsonOf(payload: string): unknown {
  const bytes = decode(payload);
  try {
    return bytes && JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
