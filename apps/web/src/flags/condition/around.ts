import type { Problem } from "@beq/flags";
import { createContext, useContext } from "react";

type Path = readonly (string | number)[];

/** What the parts of a condition or a flag need to know of what they stand in. */
export type Around = {
  /** What is wrong, with paths from the flag's or the segment's root. */
  problems: readonly Problem[];
  /** The names of the segments that there are. */
  segments: readonly string[];
  /** The keys of the flags that there are. */
  flags: readonly string[];
  /** Attributes that somebody used before. */
  attributes: readonly string[];
};

const Context = createContext<Around>({ problems: [], segments: [], flags: [], attributes: [] });

export const AroundProvider = Context.Provider;

export function useAround(): Around {
  return useContext(Context);
}

/** The first problem at exactly this place, or also below it. */
export function problemAt(problems: readonly Problem[], path: Path, below: "exactly" | "below" = "exactly") {
  const found = problems.find(
    (problem) =>
      path.every((step, at) => problem.path[at] === step) && (below === "below" || problem.path.length === path.length),
  );
  return found?.message;
}

/** How many problems there are at a place and below it. */
export function problemsIn(problems: readonly Problem[], path: Path): number {
  return problems.filter((problem) => path.every((step, at) => problem.path[at] === step)).length;
}
