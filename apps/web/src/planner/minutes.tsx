import type { ComponentProps } from "react";
import { typedMinutes } from "./quick.ts";
import { Read } from "./read.tsx";
import { duration } from "./words.ts";

type Props = Omit<ComponentProps<typeof Read<number | null>>, "value" | "read" | "wanted" | "hint"> & {
  /** Null: unset, where that is possible. */
  value: number | null;
  least: number;
  most: number;
  /** An empty field unsets the value. */
  empties?: boolean;
};

/** A length of time as people write it. */
export function Minutes({ value, least, most, empties = false, ...rest }: Props) {
  const fitting = (typed: string) => {
    if (typed === "" && empties) return null;
    const minutes = read(typed);
    return minutes !== undefined && minutes >= least && minutes <= most ? minutes : undefined;
  };
  return (
    <Read<number | null>
      {...rest}
      hint={empties ? "empty: any" : "45 min, 2 h"}
      value={value === null ? "" : duration(value)}
      read={fitting}
      wanted={`a time of ${duration(least)} to ${duration(most)}`}
    />
  );
}

/** Zero has no place in a task's length, but in a pause it has. */
function read(text: string): number | undefined {
  return /^0+\s*(m|min)?$/i.test(text) ? 0 : typedMinutes(text);
}
