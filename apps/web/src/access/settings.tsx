import { Link, Outlet } from "@tanstack/react-router";
import { ShieldAlert } from "lucide-react";
import type { ReactNode } from "react";
import { isAtLeast, usePerson } from "../shell/person.ts";
import { Blank } from "../ui/notice.tsx";

const tab =
  "shrink-0 rounded-md px-2.5 py-1.5 text-sm text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink";

/** One's own account, and for administrators what concerns everybody. */
export function SettingsPage() {
  const person = usePerson();
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-5xl flex-col gap-x-8 gap-y-4 px-4 py-6 md:flex-row">
        <nav aria-label="Settings" className="flex shrink-0 flex-wrap gap-0.5 md:w-44 md:flex-col">
          <Link to="/settings" activeOptions={{ exact: true }} className={tab}>
            Your account
          </Link>
          {isAtLeast(person, "admin") && (
            <>
              <Link to="/settings/members" className={tab}>
                Members
              </Link>
              <Link to="/settings/keys" className={tab}>
                API keys
              </Link>
              <Link to="/settings/webhooks" className={tab}>
                Webhooks
              </Link>
              <Link to="/settings/approval" className={tab}>
                Approval
              </Link>
            </>
          )}
          <Link to="/transfer" className={tab}>
            Import, export
          </Link>
        </nav>
        <div className="flex min-w-0 flex-1 flex-col gap-4">
          <Outlet />
        </div>
      </div>
    </div>
  );
}

/** Shows its children to administrators and says to others why it does not. */
export function Administrators({ children }: { children: ReactNode }) {
  const person = usePerson();
  if (isAtLeast(person, "admin")) return children;
  return (
    <Blank icon={<ShieldAlert aria-hidden />} title="Only administrators see this">
      You are signed in as {person.role}. An administrator can change your role under Settings, Members.
    </Blank>
  );
}
