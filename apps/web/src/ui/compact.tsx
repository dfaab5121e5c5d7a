import { type ComponentProps, useState } from "react";

const box =
  "h-7 min-w-0 rounded-md border bg-surface px-1.5 text-sm text-ink placeholder:text-faint disabled:bg-sunken disabled:text-muted";

type Wrong = { problem?: string | undefined };

/** A control within a sentence: what it is called is said by `aria-label`, what is wrong with it stands in its title. */
export function Input({
  problem,
  className = "",
  ...rest
}: ComponentProps<"input"> & Wrong & { "aria-label": string }) {
  return <input className={`${box} ${edge(problem)} ${className}`} {...told(problem)} {...rest} />;
}

export function Select({
  problem,
  className = "",
  ...rest
}: ComponentProps<"select"> & Wrong & { "aria-label": string }) {
  return <select className={`${box} ${edge(problem)} ${className}`} {...told(problem)} {...rest} />;
}

type NumericProps = Omit<ComponentProps<typeof Input>, "value" | "onChange" | "type"> & {
  value: number | string;
  /** Called with each number while it is typed; what is no number yet is not told. */
  onNumber: (value: number) => void;
};

/** A number in a sentence. What is typed stays as it is until the field is left. */
export function Numeric({ value, onNumber, onBlur, ...rest }: NumericProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <Input
      type="number"
      step="any"
      {...rest}
      value={typed ?? String(value)}
      onChange={({ target }) => {
        setTyped(target.value);
        if (target.value.trim() !== "" && Number.isFinite(target.valueAsNumber)) onNumber(target.valueAsNumber);
      }}
      onBlur={(event) => {
        setTyped(null);
        onBlur?.(event);
      }}
    />
  );
}

function edge(problem: string | undefined): string {
  return problem ? "border-danger" : "border-line hover:border-edge";
}

function told(problem: string | undefined) {
  return problem ? { "aria-invalid": true, title: problem } : {};
}
