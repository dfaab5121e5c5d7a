import { type ComponentProps, useState } from "react";
import { Typed } from "../ui/typed.tsx";
import { typedMinutes } from "./quick.ts";
import { duration } from "./words.ts";

type Props = Omit<ComponentProps<typeof Typed>, "value" | "onDone" | "hint"> & {
  label: string;
  /** Null: unset, where that is possible. */
  value: number | null;
  least: number;
  most: number;
  /** An empty field unsets the value. */
  empties?: boolean;
  set: (minutes: number | null) => void;
};

/** A length of time as people write it; what is not one is named and changes nothing. */
export function Minutes({ value, least, most, empties = false, set, problem, label, ...rest }: Props) {
  const [refused, setRefused] = useState<string | null>(null);
  const done = (typed: string) => {
    const text = typed.trim();
    const minutes = text === "" && empties ? null : read(text);
    const fits = minutes === null || (minutes !== undefined && minutes >= least && minutes <= most);
    setRefused(fits ? null : `${label}: “${text}” is not a time of ${duration(least)} to ${duration(most)}`);
    if (fits && minutes !== undefined) set(minutes);
  };
  return (
    <Typed
      {...rest}
      label={label}
      hint={empties ? "empty: any" : "45m, 2h"}
      value={value === null ? "" : duration(value)}
      problem={refused ?? problem}
      onDone={done}
    />
  );
}

/** Zero has no place in a task's length, but in a pause it has. */
function read(text: string): number | undefined {
  return /^0+\s*(m|min)?$/i.test(text) ? 0 : typedMinutes(text);
}
