import { type Database, query, type Store } from "../store/open.ts";
import { changeOf, headOf, historyOf, loadFrom, sinceOf, undoingOf } from "./records.ts";
import type { State } from "./stored.ts";
import type { Committed, Kind } from "./wire.ts";
import { lockHead, write } from "./write.ts";

/** A change that is ready to be written. */
export type Draft = Omit<Committed, "version" | "at">;

/** Called within the transaction of a change, to write what has to be written with it or not at all. */
export type Outbox = (transaction: Database, committed: Committed) => Promise<void>;

/** The turn of the one writer of all processes who may write the next version. */
export type Turn = {
  /** The version in force. */
  version: number;
  since: Journal["since"];
  load: Journal["load"];
  /** `within` is called in the same transaction, as the outbox is. */
  write(draft: Draft, within?: Outbox): Promise<Committed>;
};

export type HistoryFilter = { kind?: Kind; key?: string; before?: number; limit: number };

/** The saved flags and all their changes in the database. */
export type Journal = {
  /** Everything, as of one moment. */
  load(): Promise<State>;
  head(): Promise<number>;
  /** The changes after a version, the oldest first, at most `most`. */
  since(version: number, most: number): Promise<Committed[]>;
  /** Runs `act` while nobody else writes. What it throws leaves everything as it was. */
  commit<T>(act: (turn: Turn) => Promise<T>): Promise<T>;
  /** Changes, the newest first: as many as were asked for, or fewer where they are very large. */
  history(filter: HistoryFilter): Promise<Committed[]>;
  change(version: number): Promise<Committed | undefined>;
  /** Which versions took these back, by the version that was taken back; the last one where there are several. */
  undoing(versions: readonly number[]): Promise<Map<number, number>>;
};

/** The topic on which a new version is announced, as `{version}`. */
export const topic = "flags";

export function createJournal({ db, announce }: Pick<Store, "db" | "announce">, outbox?: Outbox): Journal {
  return {
    load: () => query(() => db.transaction(loadFrom, { isolationLevel: "repeatable read", accessMode: "read only" })),
    head: () => query(() => headOf(db)),
    since: (version, most) => query(() => sinceOf(db, version, most)),

    commit: (act) =>
      query(() =>
        db.transaction(async (transaction) => {
          const version = await lockHead(transaction);
          return act({
            version,
            since: (from, most) => sinceOf(transaction, from, most),
            load: () => loadFrom(transaction),
            async write(draft, within) {
              const committed = await write(transaction, version, draft);
              await outbox?.(transaction, committed);
              await within?.(transaction, committed);
              await announce(transaction, topic, { version: committed.version });
              return committed;
            },
          });
        }),
      ),

    history: (filter) => query(() => historyOf(db, filter)),

    change: (version) => query(() => changeOf(db, version)),
    undoing: (versions) => query(() => undoingOf(db, versions)),
  };
}
