import { Link } from "@tanstack/react-router";
import { LogOut, UserRound } from "lucide-react";
import { Button } from "../ui/button.tsx";
import { Popover } from "../ui/popover.tsx";
import { usePerson } from "./person.ts";

/** Who is here, and the way out; for whoever has no account in open mode, the way in. */
export function Account({ signOut }: { signOut: () => void }) {
  const { name, email, role, setUpNeeded } = usePerson();
  if (role === null)
    return (
      <Link
        to="/settings"
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-ink"
      >
        <UserRound aria-hidden className="size-4" />
        <span className="max-sm:sr-only">{setUpNeeded ? "Set up" : "Sign in"}</span>
      </Link>
    );
  return (
    <Popover
      label="Your account"
      renderTrigger={(opener) => (
        <Button
          kind="quiet"
          size="icon"
          aria-label={`Account of ${name ?? email ?? "you"}`}
          title={name ?? ""}
          {...opener}
        >
          <UserRound aria-hidden className="size-4" />
        </Button>
      )}
    >
      <p className="font-medium">{name}</p>
      <p className="truncate text-muted">{email}</p>
      <p className="mb-3 text-xs text-faint">{roleWords[role]}</p>
      <div className="flex gap-2">
        <Link
          to="/settings"
          className="inline-flex h-8 items-center rounded-md border border-line bg-surface px-3 text-sm hover:bg-hover"
        >
          Settings
        </Link>
        <Button onClick={signOut}>
          <LogOut aria-hidden className="size-3.5" />
          Sign out
        </Button>
      </div>
    </Popover>
  );
}

const roleWords = {
  viewer: "Viewer: sees flags, changes nothing",
  editor: "Editor: changes flags",
  admin: "Administrator: changes flags, people and keys",
} as const;
