import { Failure } from "../failure.ts";
import type { Manager } from "../flags/manager.ts";
import type { Author } from "../flags/wire.ts";
import { saveMerged } from "./apply.ts";
import { type Approved, Outcome } from "./schema.ts";
import { decidedAlready, type PlanRow, type PlanStore } from "./store.ts";

export type Deciding = {
  /** Makes a request's change, or lets it wait for its hour. @throws {Failure} `forbidden` to who asks, and to keys */
  approve(id: string, comment: string, by: Author): Promise<Approved>;
  /** Ends a request; its author takes it back so. */
  reject(id: string, comment: string, by: Author): Promise<void>;
  /** Ends a planned change before its hour. */
  cancel(id: string, by: Author): Promise<void>;
};

export type DecidingDeps = { store: PlanStore; manager: Pick<Manager, "save">; now: () => number };

/** How people end plans. */
export function createDeciding({ store, manager, now }: DecidingDeps): Deciding {
  const at = () => new Date(now());

  async function apply({ id, change, author }: PlanRow, comment: string, by: Author): Promise<Approved> {
    const { version, at: committedAt } = await saveMerged(
      manager,
      { ...change, comment: joined(change.comment, by, comment) },
      {
        author,
        origin: "request",
        ...(change.undoes !== null && { undoes: change.undoes }),
        within: (transaction, committed) =>
          store.decide(
            id,
            { state: "applied", by, at: at(), version: committed.version, outcome: said(comment) },
            transaction,
          ),
      },
    );
    return { state: "applied", version, at: committedAt };
  }

  return {
    async approve(id, comment, by) {
      const plan = await store.get(id);
      if (plan.state !== "open" || plan.kind !== "request") throw decidedAlready();
      if (by.kind !== "member") throw new Failure("forbidden", "A key cannot approve: a second person has to");
      if (by.id === plan.author.id || by.id === plan.change.behind)
        throw new Failure("forbidden", "Another person than who asks, or made the key that asks, has to approve");
      if (!plan.dueAt) return apply(plan, comment, by);

      await store.approve(id, by, at(), comment);
      return { state: "planned", due_at: plan.dueAt.toISOString() };
    },

    async reject(id, comment, by) {
      const { author, kind } = await store.get(id);
      if (kind !== "request") throw decidedAlready();
      const state = isSame(author, by) ? "withdrawn" : "rejected";
      await store.decide(id, { state, by, at: at(), outcome: said(comment) });
    },

    async cancel(id, by) {
      const { author, kind } = await store.get(id);
      if (kind === "request" && !isSame(author, by))
        throw new Failure("forbidden", "Only its author can take a request back; reject it instead");
      await store.decide(id, { state: "withdrawn", by, at: at(), outcome: said("") });
    },
  };
}

function isSame(one: Author, other: Author): boolean {
  return one.kind === other.kind && one.id === other.id;
}

function said(comment: string): Outcome {
  return Outcome.parse({ comment: comment || null });
}

/** The comment that history keeps: why, and who agreed. */
function joined(comment: string, { name }: Author, approval: string): string {
  return [comment, `Approved by ${name}${approval ? `: ${approval}` : ""}`].filter(Boolean).join("\n");
}
