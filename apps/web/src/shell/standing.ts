import { useCommands, useServices } from "./services.ts";
import { lettersOn, setLetters } from "./shortcuts.ts";

/** The commands that every page has. */
export function useShellCommands(shell: { openPalette: () => void; go: (to: "/" | "/features") => void }): void {
  const { theme, storage, toasts } = useServices();
  const letters = lettersOn(storage);
  const switchLetters = () => {
    setLetters(storage, !lettersOn(storage));
    toasts.show(lettersOn(storage) ? "Single-key shortcuts are on." : "Single-key shortcuts are off.");
  };
  useCommands([
    { id: "palette", title: "Find an action", section: "Go", keys: "mod+k", run: shell.openPalette },
    { id: "planner", title: "Go to the planner", section: "Go", keys: "g p", run: () => shell.go("/") },
    { id: "features", title: "Go to the features", section: "Go", keys: "g f", run: () => shell.go("/features") },
    { id: "light", title: "Use the light theme", section: "Look", run: () => theme.set("light") },
    { id: "dark", title: "Use the dark theme", section: "Look", run: () => theme.set("dark") },
    { id: "system", title: "Use the system's theme", section: "Look", run: () => theme.set("system") },
    {
      id: "letters",
      title: `Turn single-key shortcuts ${letters ? "off" : "on"}`,
      section: "Look",
      run: switchLetters,
    },
  ]);
}
