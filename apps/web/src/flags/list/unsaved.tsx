import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useServices } from "../../shell/services.ts";
import { keptNames } from "../draft/kept.ts";

const look = "rounded-sm font-medium text-accent underline";

/** What somebody began to edit here and has not saved. */
export function Unsaved() {
  const { storage } = useServices();
  const [names] = useState(() => keptNames(storage));
  if (names.length === 0) return null;
  return (
    <p className="text-xs text-muted">
      Not saved yet:{" "}
      {names.map((name, index) => {
        const key = name.slice(name.indexOf(".") + 1);
        return (
          <span key={name}>
            {index > 0 && ", "}
            {name.startsWith("flag.") ? (
              <Link to="/flags/$key" params={{ key }} className={look}>
                {key}
              </Link>
            ) : (
              <Link to="/segments/$name" params={{ name: key }} className={look}>
                {key}
              </Link>
            )}
          </span>
        );
      })}
    </p>
  );
}
