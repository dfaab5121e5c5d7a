import { useEffect } from "react";
import { createMatcher } from "./commands.ts";
import { useServices } from "./services.ts";

const setting = "letters";

/** Whether single letters work as shortcuts; people who dictate or slip on keys can turn them off. */
export function lettersOn(storage: { read: (key: string) => string | null }): boolean {
  return storage.read(setting) !== "off";
}

export function setLetters(storage: { write: (key: string, value: string | null) => boolean }, on: boolean): void {
  storage.write(setting, on ? null : "off");
}

/** Runs commands by their keys for as long as the calling component is on the screen. */
export function useShortcuts(): void {
  const { commands, storage } = useServices();
  useEffect(() => {
    const match = createMatcher(commands);
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      // While a dialog is open, only the dialog has keys.
      if (document.querySelector("dialog[open]")) return;
      const command = match(event, event.timeStamp, !isTyping(event.target) && lettersOn(storage));
      if (!command || (isTyping(event.target) && keepsOwn(event))) return;

      event.preventDefault();
      command.run();
    };
    document.addEventListener("keydown", listen);
    return () => document.removeEventListener("keydown", listen);
  }, [commands, storage]);
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]") !== null
  );
}

/** Text fields undo their own text. */
function keepsOwn({ key }: KeyboardEvent): boolean {
  return key.toLowerCase() === "z";
}
