import { useSyncExternalStore } from "react";
import type { Storage } from "./storage.ts";

export type Theme = "light" | "dark" | "system";

/** The colour scheme: the person's choice, kept on this device, or the system's. public/theme.js applies it at start. */
export function createTheme(storage: Storage, root: HTMLElement) {
  const listeners = new Set<() => void>();
  const get = (): Theme => {
    const kept = root.dataset["theme"];
    return kept === "light" || kept === "dark" ? kept : "system";
  };
  return {
    get,
    set(theme: Theme) {
      if (theme === "system") delete root.dataset["theme"];
      else root.dataset["theme"] = theme;
      storage.write("theme", theme === "system" ? null : theme);
      for (const listener of listeners) listener();
    },
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
export type ThemeStore = ReturnType<typeof createTheme>;

export function useTheme(store: ThemeStore): Theme {
  return useSyncExternalStore(store.subscribe, store.get);
}
