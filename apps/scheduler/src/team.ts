import { deserialize, serialize } from "node:v8";
import { better, type Known } from "./optimize/index.ts";

/**
 * What the threads that search for one plan share: how each seed's search stands, and what the second found. The plan
 * is the best of both by (cost, seed), so that it does not matter which thread searches from which seed, nor whether
 * there is a second one at all.
 */
export type Team = { readonly status: Int32Array; readonly found: Uint8Array };

const [open, taken, done, lost, needless] = [0, 1, 2, 3, 4];
const seeds = 2;
const lengthAt = seeds;
const longest = 256 * 1024;
const napMilliseconds = 5;

export function createTeam(): Team {
  const status = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT * (seeds + 1)));
  return { status, found: new Uint8Array(new SharedArrayBuffer(longest)) };
}

/** One search; `share` is the part of the whole effort that it may take. */
type Searching = (offset: number, share: number) => Known;

/** The best of all searches; those that nobody took are made here. `rest` is called while another thread is waited for. */
export function lead({ status, found }: Team, search: Searching, rest: () => void): Known {
  Atomics.store(status, 0, taken);
  const first = search(0, 1 / seeds);
  // There is nothing better, or no time left to look for it.
  if (first.proof === "optimal" || first.cut) {
    Atomics.store(status, 1, needless);
    return first;
  }

  if (Atomics.compareExchange(status, 1, open, taken) !== open) {
    while (Atomics.load(status, 1) === taken) {
      Atomics.wait(status, 1, taken, napMilliseconds);
      rest();
    }
    if (Atomics.load(status, 1) === done) return better(first, read(found, Atomics.load(status, lengthAt)));
  }
  return better(first, search(1, 1 / seeds));
}

/** Searches from the second seed, if that is still to be done. */
export function help({ status, found }: Team, search: Searching): void {
  if (Atomics.compareExchange(status, 1, open, taken) !== open) return;

  const bytes = serialize(search(1, 1 / seeds));
  if (bytes.length > found.length) return;
  found.set(bytes);
  Atomics.store(status, lengthAt, bytes.length);
  if (Atomics.compareExchange(status, 1, taken, done) === taken) Atomics.notify(status, 1);
}

/** Whether nobody wants to know any more what the second search finds. */
export function isNeedless({ status }: Team): boolean {
  return Atomics.load(status, 1) === needless;
}

/** The thread that helped is through, or gone: what it took and has not found is the other's again. */
export function release({ status }: Team): void {
  if (Atomics.compareExchange(status, 1, taken, lost) === taken) Atomics.notify(status, 1);
}

function read(found: Uint8Array, length: number): Known {
  // It was written by `help`, in a thread of this same program.
  return deserialize(Buffer.from(found.slice(0, length))) as Known;
}
