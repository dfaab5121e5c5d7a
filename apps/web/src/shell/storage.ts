/** What the page keeps on this device. */
export type Storage = {
  read: (key: string) => string | null;
  /** @returns whether it fit */
  write: (key: string, value: string | null) => boolean;
  /** Calls whenever another tab has written under the key. */
  follow: (key: string, changed: () => void) => void;
};

/**
 * The browser's local storage under `beq.`. It may be forbidden or full: reading then gives null and writing false.
 */
export function createStorage(browser: () => globalThis.Storage): Storage {
  return {
    read(key) {
      try {
        return browser().getItem(`beq.${key}`);
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        if (value === null) browser().removeItem(`beq.${key}`);
        else browser().setItem(`beq.${key}`, value);
        return true;
      } catch {
        return false;
      }
    },
    follow: (key, changed) => addEventListener("storage", (event) => event.key === `beq.${key}` && changed()),
  };
}
