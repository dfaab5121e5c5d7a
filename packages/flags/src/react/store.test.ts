import { describe, expect, it } from "vitest";
import { createFlagStore, type FlagState, type FlagStoreDeps } from "./store.ts";

const on: FlagState = { enabled: true, user_specific: false, description: "" };
const off: FlagState = { ...on, enabled: false };
type Flags = { chat: FlagState; sync: FlagState };

describe("the flag store", () => {
  it("loads when somebody listens, and not before", async () => {
    const world = serve({ chat: on, sync: off });
    const store = createFlagStore<Flags>(world.deps);
    expect(store.getSnapshot()).toEqual({ flags: {}, isLoading: true, error: null, isStale: true });
    expect(world.asked()).toBe(0);

    store.subscribe(() => {});
    await store.ready();
    expect(store.getSnapshot()).toEqual({
      flags: { chat: on, sync: off },
      isLoading: false,
      error: null,
      isStale: false,
    });
  });

  it("paints what came with the page at once", () => {
    const store = createFlagStore<Flags>({ ...serve({ chat: on, sync: on }).deps, bootstrap: { chat: on } });
    expect(store.getSnapshot()).toMatchObject({ flags: { chat: on }, isLoading: false, isStale: true });
  });

  it("starts from the cache while the server is away, and fills it when it is back", async () => {
    const world = serve(new Error("down"));
    const written: Flags[] = [];
    const cache = { read: () => ({ chat: on }), write: (flags: Flags) => void written.push(flags) };
    const store = createFlagStore<Flags>({ ...world.deps, cache });
    store.subscribe(() => {});
    await store.refresh();
    expect(store.getSnapshot()).toMatchObject({
      flags: { chat: on },
      isLoading: false,
      error: new Error("down"),
      isStale: true,
    });

    world.answer({ chat: off, sync: off });
    await store.refresh();
    expect(store.getSnapshot()).toMatchObject({ flags: { chat: off }, error: null, isStale: false });
    expect(written).toEqual([{ chat: off, sync: off }]);
  });

  it("does without a cache that is forbidden", async () => {
    const forbidden = () => {
      throw new Error("SecurityError");
    };
    const store = createFlagStore<Flags>({
      ...serve({ chat: on, sync: on }).deps,
      cache: { read: forbidden, write: forbidden },
    });
    await store.refresh();
    expect(store.getSnapshot()).toMatchObject({ flags: { chat: on }, error: null });
  });

  it("keeps the last known values in an outage and tries again, ever more patiently, until it is over", async () => {
    const world = serve({ chat: on, sync: on });
    const store = createFlagStore<Flags>(world.deps);
    store.subscribe(() => {});
    await store.ready();

    world.answer(new Error("down"));
    await store.refresh();
    for (let turn = 0; turn < 7; turn++) await world.pass();
    expect(world.waits()).toEqual([1, 2, 4, 8, 16, 32, 60, 60]);
    expect(store.getSnapshot()).toMatchObject({ flags: { chat: on }, isStale: true, isLoading: false });

    world.answer({ chat: off, sync: on });
    await world.pass();
    expect(store.getSnapshot()).toMatchObject({ flags: { chat: off }, error: null, isStale: false });
    expect(world.pending()).toEqual([]);
  });

  it("never loads for ever: a server that does not answer counts as failed after the timeout", async () => {
    const world = serve("silence");
    const store = createFlagStore<Flags>({ ...world.deps, timeoutSeconds: 3 });
    store.subscribe(() => {});
    expect(world.pending()).toEqual([3]);
    await world.pass();
    await store.ready();
    expect(store.getSnapshot()).toMatchObject({ isLoading: false, error: new Error("no answer within 3 seconds") });
    expect(world.aborted()).toBe(true);
  });

  it("follows changes, with or without their content, until nobody listens", async () => {
    const world = serve({ chat: on, sync: on });
    const store = createFlagStore<Flags>(world.deps);
    const leave = store.subscribe(() => {});
    await store.ready();

    world.push({ chat: off, sync: on });
    expect(store.getSnapshot().flags.chat).toEqual(off);
    world.answer({ chat: on, sync: off });
    world.push();
    await world.settle();
    expect(store.getSnapshot().flags).toEqual({ chat: on, sync: off });

    leave();
    leave();
    expect(world.followers()).toBe(0);
  });

  it("ignores an older answer that arrives after a newer one", async () => {
    const world = serve({ chat: off, sync: off });
    const store = createFlagStore<Flags>(world.deps);
    store.subscribe(() => {});
    world.push({ chat: on, sync: on });
    await world.settle();
    expect(store.getSnapshot().flags).toEqual({ chat: on, sync: on });
  });

  it("ignores an older failure that arrives after a newer answer", async () => {
    const world = serve(new Error("down"));
    const store = createFlagStore<Flags>(world.deps);
    store.subscribe(() => {});
    world.push({ chat: on, sync: on });
    await world.settle();
    expect(store.getSnapshot()).toMatchObject({ error: null, isStale: false });
    expect(world.waits()).toEqual([]);
  });

  it("keeps the object of every flag that did not change, and stays silent when none did", async () => {
    const world = serve({ chat: { ...on }, sync: { ...on } });
    const store = createFlagStore<Flags>(world.deps);
    store.subscribe(() => {});
    await store.ready();
    const before = store.getSnapshot();
    let heard = 0;
    store.subscribe(() => (heard += 1));

    world.answer({ chat: { ...on }, sync: { ...on } });
    await store.refresh();
    expect(store.getSnapshot()).toBe(before);
    expect(heard).toBe(0);

    world.answer({ chat: { ...on }, sync: off });
    await store.refresh();
    expect(store.getSnapshot().flags.chat).toBe(before.flags.chat);
    expect(store.getSnapshot().flags.sync).toEqual(off);
    expect(heard).toBe(1);
  });
});

/** A server in a nutshell: answers, fails or stays silent; time passes when told to. */
function serve(first: Flags | Error | "silence") {
  let reply = first;
  let asked = 0;
  let isAborted = false;
  const waits: number[] = [];
  const timers = new Map<number, { seconds: number; act: () => void }>();
  const followers = new Set<(flags?: Flags) => void>();
  let ids = 0;

  const deps: FlagStoreDeps<Flags> = {
    fetch: (signal) => {
      asked += 1;
      signal.addEventListener("abort", () => (isAborted = true));
      if (reply === "silence") return new Promise(() => {});
      return reply instanceof Error ? Promise.reject(reply) : Promise.resolve(reply);
    },
    subscribe: (follow) => {
      followers.add(follow);
      return () => followers.delete(follow);
    },
    after: (seconds, act) => {
      const id = ids++;
      timers.set(id, { seconds, act });
      // The timeout of a fetch is 5 here unless a test says otherwise; the rest are retries.
      if (seconds !== 5) waits.push(seconds);
      return () => timers.delete(id);
    },
  };
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  return {
    deps,
    settle,
    asked: () => asked,
    aborted: () => isAborted,
    followers: () => followers.size,
    pending: () => [...timers.values()].map(({ seconds }) => seconds),
    waits: () => waits,
    answer: (next: Flags | Error) => void (reply = next),
    push: (flags?: Flags) => followers.forEach((follow) => follow(flags)),
    /** Lets the timers that are set run out, and what they started come to rest. */
    pass: async () => {
      const due = [...timers.values()];
      timers.clear();
      for (const { act } of due) act();
      await settle();
    },
  };
}
