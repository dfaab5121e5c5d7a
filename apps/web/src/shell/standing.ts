import { isAtLeast, usePerson } from "./person.ts";
import { useCommands, useServices } from "./services.ts";
import { lettersOn, setLetters } from "./shortcuts.ts";

/** The pages that commands lead to. */
export type Destination =
  | "/"
  | "/features"
  | "/flags"
  | "/review"
  | "/transfer"
  | "/settings"
  | "/settings/members"
  | "/settings/keys"
  | "/settings/webhooks"
  | "/settings/approval";

type Shell = { openPalette: () => void; go: (to: Destination) => void; signOut: () => void };

/** The commands that every page has. */
export function useShellCommands(shell: Shell): void {
  const person = usePerson();
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
    { id: "flags", title: "Go to the flags", section: "Go", keys: "g l", run: () => shell.go("/flags") },
    ...(person.role === null
      ? []
      : [
          { id: "review", title: "Go to the review", section: "Go", keys: "g r", run: () => shell.go("/review") },
          {
            id: "transfer",
            title: "Import or export flags",
            section: "Go",
            keys: "g i",
            run: () => shell.go("/transfer"),
          },
          { id: "account", title: "Your account", section: "Go", keys: "g a", run: () => shell.go("/settings") },
        ]),
    ...(isAtLeast(person, "admin")
      ? [
          { id: "members", title: "Members", section: "Settings", run: () => shell.go("/settings/members") },
          { id: "keys", title: "API keys", section: "Settings", run: () => shell.go("/settings/keys") },
          { id: "webhooks", title: "Webhooks", section: "Settings", run: () => shell.go("/settings/webhooks") },
          {
            id: "approval",
            title: "Two-person approval",
            section: "Settings",
            run: () => shell.go("/settings/approval"),
          },
        ]
      : []),
    person.role === null
      ? { id: "sign-in", title: "Sign in", section: "Settings", run: () => shell.go("/settings") }
      : { id: "sign-out", title: "Sign out", section: "Settings", run: shell.signOut },
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
