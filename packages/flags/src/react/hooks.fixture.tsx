import { Component, StrictMode, Suspense, type ReactNode } from "react";
import { createRoot } from "react-dom/client";
import { createFlagHooks, createFlagStore, type FlagState } from "./index.ts";

type Flags = { chat: FlagState; sync: FlagState };

/** What the test steers and reads from outside of the page. */
export interface Bench {
  readonly renders: Record<string, number>;
  readonly exposed: string[];
  push(flags: Flags): void;
  answer(reply: Flags | "down" | "silence"): void;
}

const { FlagProvider, useFlag, useFlagSuspense, useFlags } = createFlagHooks<Flags>();
const followers = new Set<(flags?: Flags) => void>();
const waiting = new Set<{ resolve(flags: Flags): void; reject(error: Error): void }>();
const bench: Bench = {
  renders: {},
  exposed: [],
  push: (flags) => followers.forEach((follow) => follow(flags)),
  answer: (reply) => {
    for (const request of waiting) {
      if (reply === "down") request.reject(new Error("down"));
      else if (reply !== "silence") request.resolve(reply);
    }
    waiting.clear();
  },
};
Object.assign(globalThis, { bench });

const store = createFlagStore<Flags>({
  fetch: () => new Promise((resolve, reject) => waiting.add({ resolve, reject })),
  subscribe: (follow) => {
    followers.add(follow);
    return () => followers.delete(follow);
  },
});

function count(name: string) {
  bench.renders[name] = (bench.renders[name] ?? 0) + 1;
}

function Chat() {
  const chat = useFlag("chat");
  count("chat");
  return <p id="chat">{chat ? String(chat.enabled) : "unknown"}</p>;
}

function Sync() {
  const sync = useFlag("sync");
  count("sync");
  return <p id="sync">{sync ? String(sync.enabled) : "unknown"}</p>;
}

function Waiting() {
  return <p id="suspended">{String(useFlagSuspense("chat")?.enabled)}</p>;
}

function All() {
  const { flags, isLoading, error, isEnabled } = useFlags();
  // @ts-expect-error misspelt: no such flag
  isEnabled("caht");
  const shown = { keys: Object.keys(flags), isLoading, error: error?.message, sync: isEnabled("sync") };
  return <p id="all">{JSON.stringify(shown)}</p>;
}

class Caught extends Component<{ children: ReactNode }, { message: string }> {
  override state = { message: "" };
  static getDerivedStateFromError = (error: Error) => ({ message: error.message });
  override render() {
    return <p id="caught">{this.state.message || this.props.children}</p>;
  }
}

function Misspelt() {
  // @ts-expect-error misspelt: no such flag
  return <p id="misspelt">{String(useFlag("caht"))}</p>;
}

const root = document.createElement("main");
document.body.append(root);
createRoot(root).render(
  <StrictMode>
    <FlagProvider store={store} onExposure={(key, { enabled }) => bench.exposed.push(`${key}=${enabled}`)}>
      <Chat />
      <Sync />
      <All />
      <Misspelt />
      <Suspense fallback={<p id="suspended">waiting</p>}>
        <Waiting />
      </Suspense>
    </FlagProvider>
    <Caught>
      <Chat />
    </Caught>
  </StrictMode>,
);
