/**
 * The UTF-8 bytes of a text, padded as MD5 (RFC 1321 §3.1) and SHA-1 (RFC 3174 §4) want: a one bit, zeros, and the
 * length in bits, in words of 32 bits, sixteen to a block. A lone surrogate counts as U+FFFD, as TextEncoder has it.
 */
export function padded(text: string, littleEndian: boolean): Int32Array {
  const bytes = new TextEncoder().encode(text);
  const words = new Int32Array(((bytes.length + 8) >> 6) * 16 + 16);
  const put = (byte: number, at: number) => {
    const shift = 8 * (littleEndian ? at & 3 : 3 - (at & 3));
    words[at >> 2] = (words[at >> 2] ?? 0) | (byte << shift);
  };
  bytes.forEach(put);
  put(0x80, bytes.length);

  // Texts here are far shorter than 2^29 bytes, so that the length's high word has at most three bits.
  const [high, low] = littleEndian ? [words.length - 1, words.length - 2] : [words.length - 2, words.length - 1];
  words[low] = bytes.length << 3;
  words[high] = bytes.length >>> 29;
  return words;
}

/** Rotates 32 bits to the left. */
export function rotated(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
