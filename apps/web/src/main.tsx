import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createAuth } from "./access/auth.ts";
import { App } from "./app.tsx";
import { createDrafts } from "./planner/drafts.ts";
import { draftKey } from "./planner/kept.ts";
import { createRun } from "./planner/run.ts";
import { createCommands } from "./shell/commands.ts";
import { refusalOf } from "./shell/refusal.ts";
import { createStorage } from "./shell/storage.ts";
import { createTheme } from "./shell/theme.ts";
import { createToasts } from "./shell/toasts.ts";
import { createConnection } from "./trpc.ts";
import "./styles.css";

const api = createConnection(randomHex);
const storage = createStorage(() => localStorage);
const toasts = createToasts(after);
const services = {
  auth: createAuth((url, init) => fetch(url, init)),
  storage,
  toasts,
  theme: createTheme(storage, document.documentElement),
  commands: createCommands(),
  drafts: createDrafts(storage, Intl.DateTimeFormat().resolvedOptions().timeZone, () =>
    toasts.show("This device has no room left: your changes last until you close this tab."),
  ),
  run: createRun((request, signal) =>
    api.schedule.generateLive.mutate(request, { signal }).catch((error: unknown) => {
      doubtSession(error);
      throw error;
    }),
  ),
};
storage.follow(draftKey, services.drafts.reread);
// Errors of calls have their place on the page; a refusal does not get better by asking again.
const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, staleTime: 30_000 } },
  queryCache: new QueryCache({ onError: (error, { queryKey }) => isMe(queryKey) || doubtSession(error) }),
  mutationCache: new MutationCache({ onError: doubtSession }),
});

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App api={api} queries={queries} services={services} />
  </StrictMode>,
);

const me = ["access", "me"];

function isMe([path]: readonly unknown[]): boolean {
  return String(path) === String(me);
}

/** A call that was refused for want of credentials: who is here has to be asked again. */
function doubtSession(error: unknown): void {
  if (refusalOf(error).code === "unauthenticated") void queries.invalidateQueries({ queryKey: [me] });
}

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
