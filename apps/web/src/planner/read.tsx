import { type ComponentProps, useState } from "react";
import { Typed } from "../ui/typed.tsx";

type Props<T> = Omit<ComponentProps<typeof Typed>, "onDone" | "label"> & {
  label: string;
  /** Undefined where it is not understood. */
  read: (typed: string) => T | undefined;
  /** What can be understood: `a time of 5m to 24h` */
  wanted: string;
  set: (value: T) => void;
};

/** A field that names what it does not understand; that changes nothing. */
export function Read<T>({ label, read, wanted, set, problem, ...rest }: Props<T>) {
  const [refused, setRefused] = useState<string | null>(null);
  const done = (typed: string) => {
    const value = read(typed.trim());
    setRefused(value === undefined ? `${label}: “${typed.trim()}” is not ${wanted}` : null);
    if (value !== undefined) set(value);
  };
  return <Typed {...rest} label={label} problem={refused ?? problem} onDone={done} />;
}
