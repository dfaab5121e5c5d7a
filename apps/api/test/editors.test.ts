import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createJournal } from "../src/flags/journal.ts";
import type { Manager } from "../src/flags/manager.ts";
import { after, empty, storedOf } from "../src/flags/stored.ts";
import type { Committed, Conflict, Edit } from "../src/flags/wire.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { ann, bob, createReplica, type Replica, type Where } from "./replica.ts";
import { flag } from "./saving.ts";

const monday = Date.UTC(2030, 2, 25, 6);
const keys = ["one", "two", "three"];

describe("one process on the embedded database", () => {
  contract(1, async () => ({ dataDirectory: "memory" }));
});

describe.skipIf(noPostgres)(`two processes on PostgreSQL${noPostgres ? ` (skipped: ${noPostgres})` : ""}`, () => {
  let server: Awaited<ReturnType<typeof startPostgres>>;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server[Symbol.asyncDispose]());

  contract(2, async () => ({ databaseUrl: server.url, dataDirectory: "unused" }));
});

/** What holds however many processes save at once. */
function contract(processes: number, where: () => Promise<Where>) {
  let replicas: Replica[];
  beforeAll(async () => {
    const place = await where();
    replicas = await Promise.all(Array.from({ length: processes }, () => createReplica(place, { now: monday })));
  });
  afterAll(() => Promise.all(replicas.map((replica) => replica[Symbol.asyncDispose]())));
  const managerOf = (index: number): Manager => {
    const replica = replicas[index % replicas.length];
    if (!replica) throw new Error("there is no process");
    return replica.manager;
  };

  it("loses no change of 50 concurrent editors of one flag", async () => {
    const made = await managerOf(0).save(changeOf("crowded", 0, flag()), { author: ann, origin: "ui" });
    const names = Array.from({ length: 50 }, (_, index) => `editor-${index}`);
    const commits = await Promise.all(names.map((name, index) => addTag(managerOf(index), made.version, name)));

    await Promise.all(replicas.map(({ manager }) => manager.catchUp()));
    for (const { manager } of replicas)
      expect(manager.layered().set.flags["crowded"]?.tags.toSorted()).toEqual(names.toSorted());
    // Each commit is a version of its own, and none is missing between.
    expect(commits.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual(
      names.map((_, index) => made.version + 1 + index),
    );
  });

  it("gives one version to each commit, and the changes replayed are what is saved (seed 4)", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(wish, { minLength: 1, maxLength: 12 }), async (wishes) => {
        const before = await managerOf(0).history({ limit: 1 });
        const done = await Promise.all(wishes.map((one, index) => attempt(managerOf(index), one)));
        const versions = done.flatMap((committed) => (committed ? [committed.version] : [])).toSorted((a, b) => a - b);
        const from = before[0]?.version ?? 0;
        expect(versions).toEqual(versions.map((_, index) => from + 1 + index));
        await areReplayed(replicas);
      }),
      { seed: 4, numRuns: 30 },
    );
  });
}

type Wish = { edits: { key: string; fresh: boolean; value: "remove" | "keep"; owner: string }[] };

const wish: fc.Arbitrary<Wish> = fc.record({
  edits: fc.uniqueArray(
    fc.record({
      key: fc.constantFrom(...keys),
      fresh: fc.boolean(),
      value: fc.constantFrom("remove", "keep", "keep"),
      owner: fc.string({ maxLength: 5 }),
    }),
    { selector: ({ key }) => key, minLength: 1, maxLength: 3 },
  ),
});

/** Saves from what this process knows, or from something older; a refusal is an outcome like another. */
async function attempt(manager: Manager, { edits }: Wish): Promise<Committed | undefined> {
  const { versions } = manager.stored();
  const sent = edits.map(({ key, fresh, value, owner }): Edit => {
    const base = fresh ? (versions.flag[key] ?? 0) : 1;
    return { kind: "flag", key, base, value: value === "remove" ? null : flag({ owner }) };
  });
  try {
    return await manager.save({ edits: sent, comment: "" }, { author: bob, origin: "api" });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== "conflict" && code !== "invalid") throw error;
    return undefined;
  }
}

/** The log of changes, replayed; the items as they lie in the database; and each process's memory: all the same. */
async function areReplayed(replicas: readonly Replica[]): Promise<void> {
  const [first] = replicas;
  if (!first) return;
  const journal = createJournal(first.store);
  const replayed = storedOf((await journal.since(0, 100_000)).reduce(after, empty));
  expect(replayed).toEqual(storedOf(await journal.load()));
  for (const { manager } of replicas) {
    await manager.catchUp();
    expect(manager.stored()).toEqual(replayed);
  }
}

/** An editor who began at `base` and, told of a conflict, saves the merged flag, until it is done. */
async function addTag(manager: Manager, base: number, tag: string): Promise<Committed> {
  let change = changeOf("crowded", base, flag({ tags: [tag] }));
  for (;;) {
    try {
      return await manager.save(change, { author: { ...ann, id: tag }, origin: "ui" });
    } catch (error) {
      const { code, detail } = error as { code: string; detail: { conflicts: Conflict[] } };
      const [conflict] = detail.conflicts;
      // Tags are a set: two people's never meet in one.
      if (code !== "conflict" || !conflict?.merged || conflict.conflicts.length > 0) throw error;
      change = changeOf("crowded", conflict.current, conflict.merged);
    }
  }
}

function changeOf(key: string, base: number, value: Edit["value"]) {
  return { edits: [{ kind: "flag" as const, key, base, value }], comment: "" };
}
