import { Outlet, useNavigate } from "@tanstack/react-router";
import { CircleHelp, Command as CommandIcon, Monitor, Moon, Sun, WifiOff } from "lucide-react";
import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from "react";
import { useFeatureFlags } from "@/lib/hooks/use-feature-flags";
import { Button } from "../ui/button.tsx";
import { Keys } from "../ui/kbd.tsx";
import { Account } from "./account.tsx";
import { Boundary } from "./boundary.tsx";
import { Navigation } from "./navigation.tsx";
import { useServices } from "./services.ts";
import { useShortcuts } from "./shortcuts.ts";
import { useShellCommands } from "./standing.ts";
import { type Theme, useTheme } from "./theme.ts";
import { Tray } from "./tray.tsx";

const loadPalette = () => import("./palette.tsx");
const Palette = lazy(async () => ({ default: (await loadPalette()).Palette }));

export function Layout() {
  const [palette, setPalette] = useState(false);
  const navigate = useNavigate();
  const signOut = useSignOut();
  useShellCommands({ openPalette: () => setPalette(true), go: (to) => void navigate({ to }), signOut });
  useShortcuts();
  useEffect(() => {
    // Once the page stands: whoever opens the palette types on at once.
    const timer = setTimeout(() => void loadPalette(), 1_000);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className="flex h-full flex-col">
      <a
        href="#main"
        className="sr-only z-50 rounded-md bg-accent px-3 py-1.5 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to content
      </a>
      <Header openPalette={() => setPalette(true)} signOut={signOut} />
      <Connection />
      <main id="main" tabIndex={-1} className="min-h-0 flex-1 outline-none">
        <Boundary>
          <Outlet />
        </Boundary>
      </main>
      <Tray />
      {palette && (
        <Suspense>
          <Palette close={() => setPalette(false)} />
        </Suspense>
      )}
    </div>
  );
}

function Header({ openPalette, signOut }: { openPalette: () => void; signOut: () => void }) {
  return (
    <header className="flex h-12 shrink-0 items-center gap-1 border-b border-line bg-surface px-3">
      <img src="/favicon.svg" alt="" className="size-6 max-[400px]:hidden" />
      <span className="mr-2 ml-1.5 font-semibold tracking-tight max-sm:sr-only">BeQ</span>
      <Navigation />
      <div className="ml-auto flex items-center gap-1">
        <Button onClick={openPalette} className="text-muted max-sm:size-8 max-sm:justify-center max-sm:px-0">
          <CommandIcon aria-hidden className="size-4 sm:hidden" />
          <span className="max-sm:sr-only">Find an action</span>
          <Keys keys="mod+k" className="text-faint max-sm:hidden" />
        </Button>
        <ThemeButton />
        <Account signOut={signOut} />
      </div>
    </header>
  );
}

/** Ends the session and loads the page anew: nothing of the person stays in it. */
function useSignOut(): () => void {
  const { auth, toasts } = useServices();
  return () =>
    void auth.signOut().then((outcome) => {
      if (outcome.ok) return location.assign("/");
      return toasts.show("You are still signed in: BeQ's server does not answer.");
    });
}

const themes = {
  system: { next: "light", icon: Monitor },
  light: { next: "dark", icon: Sun },
  dark: { next: "system", icon: Moon },
} as const satisfies Record<Theme, { next: Theme; icon: typeof Sun }>;

function ThemeButton() {
  const { theme } = useServices();
  const current = useTheme(theme);
  const { next, icon: Icon } = themes[current];
  return (
    <Button
      kind="quiet"
      size="icon"
      aria-label={`Theme: ${current}. Switch to ${next}`}
      title={`Theme: ${current}`}
      onClick={() => theme.set(next)}
    >
      <Icon aria-hidden className="size-4" />
    </Button>
  );
}

/** Says when what is shown may be old. */
function Connection() {
  const { error, refreshFlags } = useFeatureFlags();
  const online = useSyncExternalStore(followNetwork, () => navigator.onLine);
  if (online && !error) return null;
  return (
    <output className="flex items-center gap-2 border-b border-line bg-warn-soft px-4 py-1.5 text-xs text-warn">
      {online ? <CircleHelp aria-hidden className="size-3.5" /> : <WifiOff aria-hidden className="size-3.5" />}
      {online
        ? "BeQ's server does not answer. What you type is kept here."
        : "You are offline. What you type is kept here."}
      {online && (
        <button type="button" className="font-medium underline" onClick={() => void refreshFlags()}>
          Try again
        </button>
      )}
    </output>
  );
}

function followNetwork(listener: () => void): () => void {
  addEventListener("online", listener);
  addEventListener("offline", listener);
  return () => {
    removeEventListener("online", listener);
    removeEventListener("offline", listener);
  };
}
