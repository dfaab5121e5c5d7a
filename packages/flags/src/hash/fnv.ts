const PRIME = 0x01000193;

/** The state of FNV-1a before the first character. */
const FNV_START = 0x811c9dc5 | 0;

/**
 * FNV-1a, 32 bits, over UTF-16 units as GrowthBook's SDK has it (over bytes for ASCII), continued from `state`; `>>> 0`
 * makes the result unsigned. Source: http://www.isthe.com/chongo/tech/comp/fnv/.
 */
export function fnv1a(text: string, state: number = FNV_START): number {
  let hash = state;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), PRIME);
  return hash;
}
