import { identity } from "./attribute.ts";
import { placing, type Foreign, type Place } from "./foreign.ts";
import type { Algorithm, Weight } from "./model.ts";

/** A murmur3 computation after its salt, so that only the id is hashed per evaluation. */
export interface Salted {
  readonly hash: number;
  /** The salt's last 0..3 bytes, which do not fill a block, lowest first. */
  readonly tail: number;
  readonly tailBits: number;
  readonly bytes: number;
}

/** Prepares `salt` for `murmur3`. `seed` is an unsigned 32-bit number. */
export function salted(salt: string, seed = 0): Salted {
  const bytes = new TextEncoder().encode(salt);
  const whole = bytes.length & ~3;
  const word = (at: number) =>
    (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24);

  let hash = seed | 0;
  for (let at = 0; at < whole; at += 4) hash = mix(hash, word(at));

  return { hash, tail: word(whole), tailBits: (bytes.length - whole) * 8, bytes: bytes.length };
}

/**
 * murmur3_x86_32 over the UTF-8 bytes of salt + id, as a signed 32-bit number (`>>> 0` makes it unsigned: signed fits a
 * small integer, so that returning it allocates nothing). A lone surrogate counts as U+FFFD, as TextEncoder has it.
 * Source: Austin Appleby, MurmurHash3.cpp (public domain).
 */
export function murmur3(salt: Salted, id: string): number {
  const shift = salt.tailBits;
  const end = id.length - 3;
  let hash = salt.hash;
  let tail = salt.tail;
  let at = 0;

  // Four ASCII characters are one block, shifted by what the salt left over.
  for (; at < end; at += 4) {
    const a = id.charCodeAt(at);
    const b = id.charCodeAt(at + 1);
    const c = id.charCodeAt(at + 2);
    const d = id.charCodeAt(at + 3);
    if ((a | b | c | d) > 0x7f) return murmur3Utf8(hash, tail, shift, salt.bytes + at, id, at);

    const word = a | (b << 8) | (c << 16) | (d << 24);
    hash = mix(hash, tail | (word << shift));
    tail = shift === 0 ? 0 : word >>> (32 - shift);
  }
  return murmur3Utf8(hash, tail, shift, salt.bytes + at, id, at);
}

/** Hashes the rest of `id` from `at`, a byte at a time, and finishes. */
function murmur3Utf8(start: number, rest: number, restBits: number, sofar: number, id: string, from: number): number {
  let hash = start;
  let tail = rest;
  let bits = restBits;
  let bytes = sofar;

  for (let at = from; at < id.length; at++) {
    let code = id.charCodeAt(at);
    let more = 0;
    let byte = code;
    if (code > 0x7f) {
      if (code >= 0xd800 && code <= 0xdfff) {
        code = id.codePointAt(at) ?? code;
        if (code > 0xffff) at++;
        else code = 0xfffd;
      }
      more = code > 0xffff ? 3 : code > 0x7ff ? 2 : 1;
      // The lead byte: as many ones as the character has bytes, then its highest bits.
      byte = ((0xff00 >>> (more + 1)) & 0xff) | (code >>> (6 * more));
    }

    for (;;) {
      tail |= byte << bits;
      bits += 8;
      bytes++;
      if (bits === 32) {
        hash = mix(hash, tail);
        tail = 0;
        bits = 0;
      }
      if (more === 0) break;
      more--;
      byte = 0x80 | ((code >>> (6 * more)) & 0x3f);
    }
  }

  return finish(hash ^ scramble(tail), bytes);
}

function scramble(block: number): number {
  const k = Math.imul(block, 0xcc9e2d51);
  return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
}

function mix(hash: number, block: number): number {
  const h = hash ^ scramble(block);
  return (Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, bytes: number): number {
  let h = hash ^ bytes;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * The hash below which an id falls into one of the first i + 1 weights: hash × total / 2^32 < cumulative, solved for the
 * hash. Only the fraction cumulative / total decides, so a grown share keeps its ids even when the total changed.
 */
export function thresholds(weights: readonly Weight[]): number[] {
  const total = weights.reduce((sum, { weight }) => sum + BigInt(weight), 0n);
  if (total === 0n) return weights.map(() => 0);

  let sum = 0n;
  return weights.map(({ weight }) => {
    sum += BigInt(weight);
    return Number(((sum << 32n) + total - 1n) / total);
  });
}

/** Compiles a split of `flagd-v2`: from an id to the index of its weight. `salt`: what the split or the flag uses. */
export function picker(salt: string, weights: readonly Weight[]): (id: string) => number {
  const start = salted(salt);
  const limits = thresholds(weights);
  const last = limits.length - 1;
  return (id) => {
    const hash = murmur3(start, id) >>> 0;
    let index = 0;
    while (index < last && hash >= (limits[index] as number)) index++;
    return index;
  };
}

/** The place of ids by any algorithm, 0 ≤ place < `of`; NaN for what is no id. Splits by `flagd-v2` need no place. */
export function placer(algorithm: Algorithm, salt: string, of: number, foreign: Foreign | undefined): Place {
  if (algorithm !== "flagd-v2") return placing(algorithm, salt, of, foreign);

  const start = salted(salt);
  return (value) => {
    const id = identity(value);
    return id === "" ? NaN : project(murmur3(start, id) >>> 0, of);
  };
}

/** floor(hash × of / 2^32), exactly: in two halves, neither of which leaves the whole numbers that a double holds. */
function project(hash: number, of: number): number {
  const low = Math.floor((hash * (of & 0xffff)) / 0x10000);
  return Math.floor((hash * Math.floor(of / 0x10000) + low) / 0x10000);
}
