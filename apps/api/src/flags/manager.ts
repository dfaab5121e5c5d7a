import type { FlagSet, PatternEngine, Problem, Registry } from "@beq/flags";
import { Failure } from "../failure.ts";
import type { Draft, HistoryFilter, Journal, Outbox } from "./journal.ts";
import { createLayers } from "./layers.ts";
import { createMemory, type Memory, type MemoryDeps, type Timing, type View } from "./memory.ts";
import { conflict, invalid } from "./refuse.ts";
import type { State } from "./stored.ts";
import { createTurns } from "./turns.ts";
import type { Author, Change, Committed, Conflict, Edit, Origin, Stored } from "./wire.ts";

/**
 * Who changes, by what, and which version that takes back. `within` is called in the transaction of the change: what it
 * writes is written with the change or not at all.
 */
export type By = { author: Author; origin: Origin; undoes?: number; within?: Outbox };

/** The one way in which flags change. */
export type Manager = {
  /** What was saved, as this process has it in memory. */
  stored(): Stored;
  /** The same with who saved each item, and when. */
  state(): State;
  /** The set in force and what it is made of. */
  layered(): View;
  readonly: boolean;
  /**
   * Checks, commits, puts in force here, and tells every process.
   * @throws {Failure} `forbidden` when read-only, `invalid` with the list of problems, `conflict` with `{conflicts}`
   */
  save(change: Change, by: By): Promise<Committed>;
  /** The checks of `save`; nothing is written. Problems' paths start at `edits`: `["edits", 0, "value", "off"]`. */
  check(edits: readonly Edit[]): { problems: Problem[]; conflicts: Conflict[]; next: FlagSet | null };
  /** Changes, the newest first. */
  history(filter: HistoryFilter): Promise<Committed[]>;
  change(version: number): Promise<Committed | undefined>;
  /** Which versions took these back. */
  undoing(versions: readonly number[]): Promise<Map<number, number>>;
  /** Calls with every change that came into force here, in order. */
  subscribe(listener: (committed: Committed, timing: Timing) => void): () => void;
  /** Takes over what others have committed. */
  catchUp(): Promise<void>;
  /** Puts other flags under the saved ones; returns the keys that changed. */
  surround: Memory["surround"];
};

export type ManagerDeps = Omit<MemoryDeps, "layers"> & {
  journal: Journal;
  registry: Registry;
  patterns: PatternEngine;
  readonly: boolean;
  /** Epoch milliseconds. */
  clock: () => number;
  /** Milliseconds that the database's clock is ahead of that. */
  clockOffset: () => number;
};

type Source = Pick<Journal, "since" | "head" | "load">;

// A process that missed more than this reads everything anew, without telling of each change.
const mostToReplay = 50;

/** Loads what is saved and puts it in force. From then on nobody else replaces the flags of this process. */
export async function createManager(deps: ManagerDeps): Promise<Manager> {
  const { journal, readonly, clock, clockOffset } = deps;
  const memory = createMemory({ ...deps, layers: createLayers(deps) });
  const turns = createTurns();
  let waiting: Promise<void> | undefined;
  const version = () => memory.state().version;
  const fromElsewhere = ({ at }: Committed): Timing => ({ committedAt: Date.parse(at) - clockOffset(), local: false });

  const follow = async ({ since, head, load }: Source) => {
    const changes = await since(version(), mostToReplay);
    const isNext = changes.every((change, index) => change.version === version() + index + 1);
    if (changes.length > 0 && changes.length < mostToReplay && isNext) return memory.admit(changes, fromElsewhere);

    // Nothing, and yet another version, or a gap: the database was restored.
    if (changes.length > 0 || (await head()) !== version()) memory.restore(await load());
  };

  const commit = async (change: Change, by: By): Promise<Committed | Conflict[]> => {
    const outcome = await journal.commit(async (turn) => {
      // Whoever holds the turn sees all that is committed, so nothing can come between the checks and the write.
      if (turn.version !== version()) await follow({ ...turn, head: async () => turn.version });
      const { problems, conflicts, next } = memory.check(change.edits);
      if (conflicts.length > 0) return conflicts;
      if (!next) throw invalid(problems);
      return turn.write(drafted(change, by, memory.state(), next), by.within);
    });
    if (Array.isArray(outcome)) return outcome;
    const committedAt = clock();
    memory.admit([outcome], () => ({ committedAt, local: true }), true);
    return outcome;
  };

  memory.restore(await journal.load());
  return {
    ...memory,
    layered: memory.view,
    readonly,
    history: journal.history,
    change: journal.change,
    undoing: journal.undoing,

    async save(change, by) {
      if (readonly) throw new Failure("forbidden", "FLAGS_READONLY is set: flags are what the environment says");
      const outcome = await turns(() => commit(change, by));
      if (!Array.isArray(outcome)) return outcome;

      await recall(memory, journal, outcome);
      const { conflicts } = memory.check(change.edits);
      throw conflict(conflicts.length > 0 ? conflicts : outcome);
    },

    catchUp() {
      // Whoever asks while one waits for its turn is served by that one.
      waiting ??= turns(() => {
        waiting = undefined;
        return follow(journal);
      });
      return waiting;
    },
  };
}

function drafted({ edits, comment }: Change, { author, origin, undoes }: By, state: State, next: FlagSet): Draft {
  const written = edits.map(({ kind, key, value }) => {
    const item = state[kind].get(key);
    const made = (kind === "flag" ? next.flags : next.segments)[key] ?? null;
    return {
      kind,
      key,
      before: item?.document ?? null,
      after: value === null ? null : made,
      before_version: item?.version ?? 0,
    };
  });
  return { origin, author, comment, undoes: undoes ?? null, edits: written };
}

const mostRecalled = 50;

/** Fetches what stale edits were begun on, where it is no longer in memory. */
async function recall({ former }: Memory, journal: Journal, conflicts: readonly Conflict[]): Promise<void> {
  const forgotten = conflicts.filter(({ kind, key, base }) => base > 0 && !former.recall(kind, key, base));
  for (const { kind, key, base } of forgotten.slice(0, mostRecalled)) {
    const change = await journal.change(base);
    const edit = change?.edits.find((one) => one.kind === kind && one.key === key);
    if (edit?.after) former.remember(kind, key, base, edit.after);
  }
}
