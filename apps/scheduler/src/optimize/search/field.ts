import type { Options } from "./options.ts";

/** The options still open at a node of the tree, gathered side by side so that pricing them reads memory in a row. */
export type Field = {
  /** First of a piece's open options; one more entry than pieces. */
  readonly first: Int32Array;
  readonly ids: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly cost: Float64Array;
  /** Cost with the prices of slots and order added. */
  readonly priced: Float64Array;
  /** By piece: the position of the cheapest, and what it costs with prices. */
  readonly chosen: Int32Array;
  readonly least: Float64Array;
  /** How often an option was the cheapest lately. */
  readonly share: Float64Array;
};

export function createField({ count, from }: Options): Field {
  const all = from.length;
  return {
    first: new Int32Array(count + 1),
    ids: new Int32Array(all),
    from: new Int32Array(all),
    to: new Int32Array(all),
    head: new Int32Array(all),
    tail: new Int32Array(all),
    cost: new Float64Array(all),
    priced: new Float64Array(all),
    chosen: new Int32Array(count),
    least: new Float64Array(count),
    share: new Float64Array(all),
  };
}

/** Opens the options of `ids`, which are sorted. */
export function gather(field: Field, options: Options, ids: Int32Array): void {
  let position = 0;
  for (let piece = 0; piece < options.count; piece += 1) {
    const end = options.first[piece + 1] ?? 0;
    field.first[piece] = position;
    for (; position < ids.length && (ids[position] ?? 0) < end; position += 1)
      write(field, options, position, ids[position] ?? 0);
  }
  field.first[options.count] = position;
}

export function gatherAll(field: Field, options: Options): void {
  gather(
    field,
    options,
    Int32Array.from(options.choice, (_, id) => id),
  );
}

function write(field: Field, options: Options, position: number, id: number): void {
  field.ids[position] = id;
  field.from[position] = options.from[id] ?? 0;
  field.to[position] = options.to[id] ?? 0;
  field.head[position] = options.head[id] ?? 0;
  field.tail[position] = options.tail[id] ?? 0;
  field.cost[position] = options.cost[id] ?? 0;
  field.share[position] = 0;
}

export function openIds({ first, ids }: Field): Int32Array {
  return ids.slice(0, first.at(-1) ?? 0);
}
