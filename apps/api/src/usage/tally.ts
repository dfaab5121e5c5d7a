import type { AnswerCount } from "@beq/flags";

/** How often a flag answered a variant. */
export type Count = Pick<AnswerCount, "key" | "variant" | "count">;

/** Takes what was counted since this reader took last. */
export type Take = () => Count[];

export type Tally = {
  /** Another reader, who gets every count from now on. */
  reader(): Take;
  /** Counts that were made elsewhere, such as in a browser. */
  add(counts: readonly Count[]): void;
};

/** Lets several readers have the counts of the evaluator, which gives each of them out once. */
export function createTally(take: Take): Tally {
  const shelves: Map<string, Count>[] = [];
  const share = (counts: readonly Count[]) => {
    for (const shelf of shelves) for (const one of counts) put(shelf, one);
  };

  return {
    reader() {
      const shelf = new Map<string, Count>();
      shelves.push(shelf);
      return () => {
        share(take());
        const taken = [...shelf.values()];
        shelf.clear();
        return taken;
      };
    },
    add: share,
  };
}

/** Adds up, so that what nobody reads grows no further than there are variants. */
function put(shelf: Map<string, Count>, { key, variant, count }: Count): void {
  const name = JSON.stringify([key, variant]);
  shelf.set(name, { key, variant, count: count + (shelf.get(name)?.count ?? 0) });
}
