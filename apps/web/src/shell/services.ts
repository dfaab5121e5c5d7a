import { createContext, useContext, useEffect, useRef } from "react";
import type { Auth } from "../access/auth.ts";
import type { Drafts } from "../planner/drafts.ts";
import type { Run } from "../planner/run.ts";
import type { Command, Commands } from "./commands.ts";
import type { Storage } from "./storage.ts";
import type { ThemeStore } from "./theme.ts";
import type { Toasts } from "./toasts.ts";

/** What outlives a single page; made once in main. */
export type Services = {
  auth: Auth;
  storage: Storage;
  theme: ThemeStore;
  commands: Commands;
  toasts: Toasts;
  drafts: Drafts;
  run: Run;
};

const Context = createContext<Services | null>(null);

export const ServicesProvider = Context.Provider;

export function useServices(): Services {
  const services = useContext(Context);
  if (!services) throw new Error("useServices needs a ServicesProvider above it");
  return services;
}

/** Offers commands while the calling component is on the screen. */
export function useCommands(list: readonly Command[]): void {
  const { commands } = useServices();
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  useEffect(() => commands.register(() => latest.current), [commands]);
}
