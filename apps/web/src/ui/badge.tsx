import type { ReactNode } from "react";

const tones = {
  plain: "border-line bg-sunken text-muted",
  accent: "border-transparent bg-accent-soft text-accent-ink",
  warning: "border-transparent bg-warn-soft text-warn",
  danger: "border-transparent bg-danger-soft text-danger",
};

/** A word or two about the thing that it stands beside. */
export function Badge({
  tone = "plain",
  children,
  title,
}: {
  tone?: keyof typeof tones;
  children: ReactNode;
  title?: string;
}) {
  return (
    <span
      title={title}
      className={`inline-flex h-5 max-w-full shrink-0 items-center gap-1 truncate rounded-sm border px-1.5 text-2xs whitespace-nowrap ${tones[tone]}`}
    >
      {children}
    </span>
  );
}

/** Filled or hollow and said in words, so that it reads without colour. */
export function OnOff({ on, words = on ? "On" : "Off" }: { on: boolean; words?: string }) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${on ? "" : "text-muted"}`}>
      <span aria-hidden className={`size-2 rounded-full border ${on ? "border-accent bg-accent" : "border-edge"}`} />
      {words}
    </span>
  );
}
