import { Link } from "@tanstack/react-router";

/** The name of a flag or a segment, which leads to its page. */
export function PartLink({ kind, name }: { kind: "flag" | "segment"; name: string }) {
  const look = "rounded-sm font-mono text-xs font-medium wrap-anywhere underline-offset-2 hover:underline";
  return kind === "flag" ? (
    <Link to="/flags/$key" params={{ key: name }} className={look}>
      {name}
    </Link>
  ) : (
    <Link to="/segments/$name" params={{ name }} className={look}>
      {name}
    </Link>
  );
}
