import { padded, rotated } from "./blocks.ts";

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21] as const;
const SINES = Int32Array.from({ length: 64 }, (_, step) => Math.floor(Math.abs(Math.sin(step + 1)) * 2 ** 32) | 0);

/**
 * MD5 of a text's UTF-8 bytes as four unsigned 32-bit words, so that their hexadecimal digits in a row are the digest's.
 * Source: RFC 1321. It places ids as another system did; it protects nothing.
 */
export function md5(text: string): readonly [number, number, number, number] {
  const words = padded(text, true);
  let [a, b, c, d] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476];

  for (let block = 0; block < words.length; block += 16) {
    const [a0, b0, c0, d0] = [a, b, c, d];
    for (let step = 0; step < 64; step++) {
      const [mix, word] = mixed(step, b, c, d);
      const sum = (a + mix + (SINES[step] as number) + (words[block + word] as number)) | 0;
      const shift = SHIFTS[(step >> 4) * 4 + (step & 3)] as number;
      [a, d, c, b] = [d, c, b, (b + rotated(sum, shift)) | 0];
    }
    [a, b, c, d] = [(a + a0) | 0, (b + b0) | 0, (c + c0) | 0, (d + d0) | 0];
  }
  return [swapped(a), swapped(b), swapped(c), swapped(d)];
}

/** The auxiliary function of a step (RFC 1321 §3.4), and which word of the block the step takes. */
function mixed(step: number, b: number, c: number, d: number): readonly [number, number] {
  if (step < 16) return [(b & c) | (~b & d), step];
  if (step < 32) return [(b & d) | (c & ~d), (5 * step + 1) & 15];
  return step < 48 ? [b ^ c ^ d, (3 * step + 5) & 15] : [c ^ (b | ~d), (7 * step) & 15];
}

/** The digest is written lowest byte first. */
function swapped(word: number): number {
  return (((word & 0xff) << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0;
}
