import type { Field } from "./field.ts";
import type { Options } from "./options.ts";

/** Drops open options that no plan cheaper than a bar can hold; false where none is left for some piece. */
export type Filter = (field: Field, spare: number) => boolean;

/**
 * An option whose priced cost is further above its piece's cheapest than the bar is above the bound goes (reduced cost
 * fixing). So does what overlaps slots that some piece has in every way it can stand, and what cannot keep its order.
 */
export function createFilter(options: Options): Filter {
  const { size, count } = options;
  const owner = new Int32Array(size);
  const earliest = new Int32Array(count);
  const latest = new Int32Array(count);
  const soonest = new Int32Array(count);
  const leavable = new Uint8Array(count);

  /** Between which slots each piece starts, and which slots are its own whatever it does. */
  function survey({ first, from, to, head, tail }: Field): boolean {
    owner.fill(-1);
    for (let piece = 0; piece < count; piece += 1) {
      let low = size;
      let high = -1;
      let end = size + 1;
      let lastHead = 0;
      let firstTail = size;
      leavable[piece] = 0;
      for (let at = first[piece] ?? 0; at < (first[piece + 1] ?? 0); at += 1) {
        lastHead = Math.max(lastHead, head[at] ?? 0);
        firstTail = Math.min(firstTail, tail[at] ?? 0);
        if ((from[at] ?? 0) > size) {
          leavable[piece] = 1;
          continue;
        }
        low = Math.min(low, from[at] ?? 0);
        high = Math.max(high, from[at] ?? 0);
        end = Math.min(end, to[at] ?? 0);
      }
      earliest[piece] = low;
      latest[piece] = high;
      soonest[piece] = end;
      if (leavable[piece] === 1) continue;
      for (let slot = lastHead; slot < firstTail; slot += 1) {
        if ((owner[slot] ?? -1) >= 0) return false;
        owner[slot] = piece;
      }
    }
    return true;
  }

  function isOpen({ from, to, head, tail }: Field, piece: number, at: number, first: number, last: number): boolean {
    if ((from[at] ?? 0) > size) return last > size;
    if ((from[at] ?? 0) < first || (to[at] ?? 0) > last) return false;
    for (let slot = head[at] ?? 0; slot < (tail[at] ?? 0); slot += 1) {
      const mine = owner[slot] ?? -1;
      if (mine >= 0 && mine !== piece) return false;
    }
    return true;
  }

  /** From when on a piece may start; never, if it waits for one that cannot stand. */
  function firstOf(piece: number): number {
    let first = 0;
    for (const edge of options.into[piece] ?? []) {
      const { before = 0, lag = 0 } = options.edges[edge] ?? {};
      first = Math.max(first, (latest[before] ?? 0) < 0 ? size + 1 : (soonest[before] ?? 0) + lag);
    }
    return first;
  }

  /** By when it must end for those that wait for it and cannot be left out. */
  function lastOf(piece: number): number {
    let last = Infinity;
    for (const edge of options.outOf[piece] ?? []) {
      const { after = 0, lag = 0 } = options.edges[edge] ?? {};
      if (leavable[after] === 0) last = Math.min(last, (latest[after] ?? 0) - lag);
    }
    return last;
  }

  function cheapEnough({ first, priced, least }: Field, spare: number, keep: Uint8Array): boolean {
    let all = true;
    for (let piece = 0; piece < count; piece += 1)
      for (let at = first[piece] ?? 0; at < (first[piece + 1] ?? 0); at += 1) {
        keep[at] = (priced[at] ?? 0) - (least[piece] ?? 0) <= spare ? 1 : 0;
        if (keep[at] === 0) all = false;
      }
    return all;
  }

  function inPlace(field: Field, keep: Uint8Array): boolean {
    let all = true;
    for (let piece = 0; piece < count; piece += 1) {
      const first = firstOf(piece);
      const last = lastOf(piece);
      for (let at = field.first[piece] ?? 0; at < (field.first[piece + 1] ?? 0); at += 1) {
        keep[at] = isOpen(field, piece, at, first, last) ? 1 : 0;
        if (keep[at] === 0) all = false;
      }
    }
    return all;
  }

  const kept = new Uint8Array(options.from.length);
  return (field, spare) => {
    if (cheapEnough(field, spare, kept)) return true;
    if (!compact(field, kept)) return false;
    for (;;) {
      if (!survey(field)) return false;
      if (inPlace(field, kept)) return true;
      if (!compact(field, kept)) return false;
    }
  };
}

/** Closes the gaps that dropped options leave; false where a piece has none left. */
function compact(field: Field, keep: Uint8Array): boolean {
  const { first, ids, from, to, head, tail, cost, priced, share, chosen } = field;
  let next = 0;
  let start = 0;
  for (let piece = 0; piece < chosen.length; piece += 1) {
    const end = first[piece + 1] ?? 0;
    const begun = next;
    let cheapest = Infinity;
    for (let at = start; at < end; at += 1) {
      if (keep[at] === 0) continue;
      if ((priced[at] ?? 0) < cheapest) {
        cheapest = priced[at] ?? 0;
        chosen[piece] = next;
      }
      ids[next] = ids[at] ?? 0;
      from[next] = from[at] ?? 0;
      to[next] = to[at] ?? 0;
      head[next] = head[at] ?? 0;
      tail[next] = tail[at] ?? 0;
      cost[next] = cost[at] ?? 0;
      priced[next] = priced[at] ?? 0;
      share[next] = share[at] ?? 0;
      next += 1;
    }
    first[piece] = begun;
    if (next === begun) return false;
    start = end;
  }
  first[chosen.length] = next;
  return true;
}
