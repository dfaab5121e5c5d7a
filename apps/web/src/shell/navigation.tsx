import { Link } from "@tanstack/react-router";
import { CalendarRange, Flag, ListChecks, Settings, ToggleRight } from "lucide-react";
import { usePerson } from "./person.ts";
import { useWaiting } from "./waiting.ts";

const link =
  "relative flex h-8 items-center gap-1.5 rounded-md px-1.5 text-sm sm:px-2 text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-hover aria-[current=page]:font-medium aria-[current=page]:text-ink";
// On narrow screens only the page that is open has room for its name.
const name = "max-lg:sr-only group-aria-[current=page]:not-sr-only";

/** The pages. What only members may see is not offered to others. */
export function Navigation() {
  const { role } = usePerson();
  return (
    <nav aria-label="Pages" className="flex min-w-0 gap-0.5">
      <Link to="/" activeOptions={{ exact: true }} title="Planner" className={`group ${link}`}>
        <CalendarRange aria-hidden className="size-4 shrink-0" />
        <span className={name}>Planner</span>
      </Link>
      <Link to="/features" title="Features" className={`group ${link}`}>
        <ToggleRight aria-hidden className="size-4 shrink-0" />
        <span className={name}>Features</span>
      </Link>
      <Link to="/flags" title="Flags" className={`group ${link}`}>
        <Flag aria-hidden className="size-4 shrink-0" />
        <span className={name}>Flags</span>
      </Link>
      {role !== null && (
        <>
          <ReviewLink />
          <Link to="/settings" title="Settings" className={`group ${link}`}>
            <Settings aria-hidden className="size-4 shrink-0" />
            <span className={name}>Settings</span>
          </Link>
        </>
      )}
    </nav>
  );
}

function ReviewLink() {
  const waiting = useWaiting();
  return (
    <Link to="/review" title="Review" className={`group ${link}`}>
      <ListChecks aria-hidden className="size-4 shrink-0" />
      <span className={name}>Review</span>
      {waiting > 0 && (
        <span className="min-w-4 rounded-full bg-accent px-1 text-center text-2xs text-on-accent tabular-nums max-lg:absolute max-lg:-top-1 max-lg:-right-0.5">
          {waiting}
          <span className="sr-only"> waiting</span>
        </span>
      )}
    </Link>
  );
}
