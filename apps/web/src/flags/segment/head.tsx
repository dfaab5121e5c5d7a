import { Link } from "@tanstack/react-router";
import { ChevronLeft } from "lucide-react";

/** The way back, what it is called, and which flags ask for it. */
export function SegmentHead({ name, usedBy }: { name: string; usedBy: readonly string[] }) {
  return (
    <header>
      <Link to="/segments" className="-ml-1 inline-flex h-6 items-center gap-0.5 text-xs text-muted hover:text-ink">
        <ChevronLeft aria-hidden className="size-3.5" />
        Segments
      </Link>
      <h1 className="text-lg font-semibold break-all">{name}</h1>
      <p className="text-sm text-muted">
        {usedBy.length === 0 ? "No flag asks for it yet." : "Asked for by "}
        {usedBy.map((key, index) => (
          <span key={key}>
            {index > 0 && ", "}
            <Link to="/flags/$key" params={{ key }} className="font-medium text-accent underline">
              {key}
            </Link>
          </span>
        ))}
      </p>
    </header>
  );
}
