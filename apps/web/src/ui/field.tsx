import { type ComponentProps, type ReactNode, useId } from "react";

const box =
  "w-full min-w-0 h-8 rounded-md border bg-surface px-2 text-sm text-ink placeholder:text-faint disabled:opacity-50";

type Labelled = {
  label: string;
  hint?: ReactNode;
  problem?: string | undefined;
  /** The label is for screen readers only: what stands around says it to the eye. */
  quietLabel?: boolean | undefined;
};

/** A labelled control; what is wrong with its value stands below it and is announced with it. */
export function TextField({ label, hint, problem, className = "", ...rest }: Labelled & ComponentProps<"input">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} className={className}>
      <input id={id} className={`${box} ${border(problem)}`} {...described(id, problem)} {...rest} />
    </Frame>
  );
}

export function SelectField({
  label,
  hint,
  problem,
  quietLabel,
  className = "",
  ...rest
}: Labelled & ComponentProps<"select">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} quietLabel={quietLabel} className={className}>
      <select id={id} className={`${box} ${border(problem)}`} {...described(id, problem)} {...rest} />
    </Frame>
  );
}

export function AreaField({ label, hint, problem, className = "", ...rest }: Labelled & ComponentProps<"textarea">) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} problem={problem} className={className}>
      <textarea
        id={id}
        className={`${box} ${border(problem)} h-auto py-1.5 leading-5`}
        {...described(id, problem)}
        {...rest}
      />
    </Frame>
  );
}

export function Check({ label, className = "", ...rest }: { label: ReactNode } & ComponentProps<"input">) {
  return (
    <label className={`flex min-h-6 items-center gap-2 text-sm ${className}`}>
      <input type="checkbox" className="size-4 shrink-0 accent-(--color-accent)" {...rest} />
      {label}
    </label>
  );
}

type FrameProps = Labelled & { id: string; className: string; children: ReactNode };

function Frame(props: FrameProps) {
  return (
    <div className={`min-w-0 ${props.className}`}>
      <label htmlFor={props.id} className={props.quietLabel ? "sr-only" : "mb-1 block text-xs text-muted"}>
        {props.label}
        {props.hint !== undefined && <span className="ml-1 text-faint">{props.hint}</span>}
      </label>
      {props.children}
      {props.problem && (
        <p id={`${props.id}-problem`} className="mt-1 text-xs text-danger">
          {props.problem}
        </p>
      )}
    </div>
  );
}

function border(problem: string | undefined): string {
  return problem ? "border-danger" : "border-line hover:border-edge";
}

function described(id: string, problem: string | undefined) {
  return problem ? { "aria-invalid": true, "aria-describedby": `${id}-problem` } : {};
}
