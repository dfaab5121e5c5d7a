import { padded, rotated } from "./blocks.ts";

/** SHA-1 of a text's UTF-8 bytes as five unsigned 32-bit words, the first being the digest's first. Source: RFC 3174. */
export function sha1(text: string): readonly [number, number, number, number, number] {
  const words = padded(text, false);
  let [a, b, c, d, e] = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  const w = new Int32Array(80);

  for (let block = 0; block < words.length; block += 16) {
    const [a0, b0, c0, d0, e0] = [a, b, c, d, e];
    for (let t = 0; t < 80; t++) {
      const word =
        t < 16 ? at(words, block + t) : rotated(at(w, t - 3) ^ at(w, t - 8) ^ at(w, t - 14) ^ at(w, t - 16), 1);
      w[t] = word;
      const next = (rotated(a, 5) + mixed(t, b, c, d) + e + word) | 0;
      [e, d, c, b, a] = [d, c, rotated(b, 30), a, next];
    }
    [a, b, c, d, e] = [(a + a0) | 0, (b + b0) | 0, (c + c0) | 0, (d + d0) | 0, (e + e0) | 0];
  }
  return [a >>> 0, b >>> 0, c >>> 0, d >>> 0, e >>> 0];
}

/** The function and constant of a round (RFC 3174 §5), added up. */
function mixed(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  return t < 60 ? ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc : (b ^ c ^ d) + 0xca62c1d6;
}

const at = (words: Int32Array, index: number): number => words[index] as number;
