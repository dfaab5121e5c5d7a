import { QueryClient } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createDrafts } from "./planner/drafts.ts";
import { createRun } from "./planner/run.ts";
import { createCommands } from "./shell/commands.ts";
import { createStorage } from "./shell/storage.ts";
import { createTheme } from "./shell/theme.ts";
import { createToasts } from "./shell/toasts.ts";
import { createConnection } from "./trpc.ts";
import "./styles.css";

const api = createConnection(randomHex);
const storage = createStorage(() => localStorage);
const toasts = createToasts(after);
const services = {
  storage,
  toasts,
  theme: createTheme(storage, document.documentElement),
  commands: createCommands(),
  drafts: createDrafts(storage, Intl.DateTimeFormat().resolvedOptions().timeZone, () =>
    toasts.show("This device has no room left: your changes last until you close this tab."),
  ),
  run: createRun((request, signal) => api.schedule.generateLive.mutate(request, { signal })),
};
// Errors of calls have their place on the page; a refusal does not get better by asking again.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 30_000 } } });

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <App api={api} queries={queries} services={services} />
  </StrictMode>,
);

function randomHex(bytes: number): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );
}

function after(milliseconds: number, run: () => void): () => void {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
}
