import { createHash } from "node:crypto";
import type { EvaluationContext, Resolution } from "@beq/flags";

/** Where the answers of all flags come from; `keys` is the same array until the flags change. */
export type Answering = {
  readonly keys: readonly string[];
  peekAll(context: EvaluationContext): readonly Resolution[];
};

/** The answers of all flags for one context. */
export type Bulk = {
  /** JSON, the keys in order, so that two processes with the same flags answer the same bytes. */
  flags: string;
  /** Strong; depends on the answers alone. */
  etag: string;
};

/** One flag's answer as JSON, with two hashes of it. */
type Piece = { readonly text: string; readonly low: number; readonly high: number };

/**
 * Makes replies of answers. The engine's answers are shared and frozen, so that each is turned into text and hashed
 * once: a reply is put together from pieces, and its ETag from their hashes.
 */
export function createAnswers() {
  const pieces = new WeakMap<Resolution, Piece>();
  let order: { keys: readonly string[]; indexes: readonly number[] } = { keys: [], indexes: [] };

  const orderOf = (keys: readonly string[]) => {
    if (order.keys !== keys) order = { keys, indexes: sortedIndexes(keys) };
    return order.indexes;
  };
  const pieceOf = (key: string, resolution: Resolution): Piece => {
    const known = pieces.get(resolution);
    if (known) return known;
    const piece = makePiece(JSON.stringify(answerOf(key, resolution)));
    pieces.set(resolution, piece);
    return piece;
  };

  return {
    /** @param salt changes every ETag; the reply's other parts belong into it */
    all(source: Answering, context: EvaluationContext, salt: string): Bulk {
      const { keys } = source;
      const resolutions = source.peekAll(context);
      let { low, high } = makePiece(salt);
      let text = "";
      for (const index of orderOf(keys)) {
        const key = keys[index];
        const resolution = resolutions[index];
        if (key === undefined || resolution === undefined) continue;
        const piece = pieceOf(key, resolution);
        text = text === "" ? piece.text : `${text},${piece.text}`;
        low = mixed(low, piece.low);
        high = mixed(high, piece.high);
      }
      return { flags: `[${text}]`, etag: `"${hex(low)}${hex(high)}"` };
    },
  };
}

/** What is told of one flag. A failing rule is not quoted: whoever asks here must not learn the rules. */
export function answerOf(key: string, resolution: Resolution) {
  if (resolution.reason === "ERROR") {
    const errorCode = resolution.errorCode === "PARSE_ERROR" ? "PARSE_ERROR" : "GENERAL";
    return { key, errorCode, errorDetails: `Flag '${key}' cannot be evaluated` };
  }
  const { value, variant, reason } = resolution;
  return { key, reason, variant, value };
}

function makePiece(text: string): Piece {
  const digest = createHash("sha256").update(text).digest();
  return { text, low: digest.readInt32LE(0), high: digest.readInt32LE(4) };
}

// Each step is a bijection of the hash so far: two replies that differ in one piece differ in their tag.
function mixed(hash: number, piece: number): number {
  const next = Math.imul(hash ^ piece, 0x9e3779b1);
  return next ^ (next >>> 15);
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, "0");
}

function sortedIndexes(keys: readonly string[]): number[] {
  const rank = (index: number) => keys[index] ?? "";
  return keys.map((_key, index) => index).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
