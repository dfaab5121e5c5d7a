import { type ComponentProps, useState } from "react";
import { useKeys } from "../shell/keys.ts";
import { TextField } from "./field.tsx";

type Props = Omit<ComponentProps<typeof TextField>, "value" | "onChange"> & {
  value: string;
  /** Called with what was typed once the person is done with the field, if it changed. */
  onDone: (value: string) => void;
};

/** A field whose value counts when it is left or Enter is pressed; Escape takes the typing back. */
export function Typed({ value, onDone, ...rest }: Props) {
  const [typed, setTyped] = useState<string | null>(null);
  const done = () => {
    if (typed !== null && typed !== value) onDone(typed);
    setTyped(null);
  };
  const input = useKeys<HTMLInputElement>((event) => {
    if (event.key === "Enter") done();
    if (event.key !== "Escape" || typed === null) return;
    // Whatever this field stands in closes with the next Escape only.
    event.preventDefault();
    setTyped(null);
  });
  return (
    <TextField
      {...rest}
      ref={input}
      value={typed ?? value}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={done}
    />
  );
}
