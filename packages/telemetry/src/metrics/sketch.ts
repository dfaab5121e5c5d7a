/**
 * A HyperLogLog sketch: counts distinct strings in 16 KiB, with a standard error of 1.04 / sqrt(2^14) = 0.8 %.
 * The estimator is Ertl's improved raw estimator (arXiv:1702.01284, algorithm 6): unbiased over the whole range,
 * so that it needs neither bias tables nor a switch to linear counting.
 */
export type Sketch = Uint8Array;

const precision = 14;
const registers = 1 << precision;
// Ranks come from 32 further bits of the hash: 1..33.
const maxRank = 32;

export function emptySketch(): Sketch {
  return new Uint8Array(registers);
}

export function addTo(sketch: Sketch, text: string): void {
  const [low, high] = hash(text);
  const register = high >>> (32 - precision);
  const rank = Math.clz32(low) + 1;
  if (rank > (sketch[register] ?? 0)) sketch[register] = rank;
}

/** Makes `into` the sketch of everything that either has seen. */
export function mergeInto(into: Sketch, sketch: Sketch): void {
  for (let register = 0; register < registers; register += 1) {
    const rank = sketch[register] ?? 0;
    if (rank > (into[register] ?? 0)) into[register] = rank;
  }
}

/** The estimated number of distinct strings. */
export function estimate(sketch: Sketch): number {
  const counts = new Float64Array(maxRank + 2);
  for (const rank of sketch) counts[rank] = (counts[rank] ?? 0) + 1;

  let z = registers * tau(1 - (counts[maxRank + 1] ?? 0) / registers);
  for (let rank = maxRank; rank >= 1; rank -= 1) z = (z + (counts[rank] ?? 0)) / 2;
  z += registers * sigma((counts[0] ?? 0) / registers);
  return (registers * registers) / (2 * Math.LN2) / z;
}

function sigma(share: number): number {
  if (share === 1) return Number.POSITIVE_INFINITY;
  let [x, y, z, before] = [share, 1, share, Number.NaN];
  while (z !== before) {
    x *= x;
    before = z;
    z += x * y;
    y += y;
  }
  return z;
}

function tau(share: number): number {
  if (share === 0 || share === 1) return 0;
  let [x, y, z, before] = [share, 1, 1 - share, Number.NaN];
  while (z !== before) {
    x = Math.sqrt(x);
    before = z;
    y /= 2;
    z -= (1 - x) ** 2 * y;
  }
  return z / 3;
}

/** Two 32-bit halves by two multiplicative lanes over the UTF-16 units, crossed at the end (cyrb53, bryc, public domain). */
function hash(text: string): readonly [number, number] {
  let one = 0xdeadbeef;
  let two = 0x41c6ce57;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 2654435761);
    two = Math.imul(two ^ unit, 1597334677);
  }
  one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909);
  two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909);
  return [one, two];
}
