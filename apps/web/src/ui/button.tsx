import type { ComponentProps } from "react";

const kinds = {
  primary: "bg-accent text-on-accent hover:bg-accent-strong font-medium",
  plain: "border border-line bg-surface hover:bg-hover",
  quiet: "text-muted hover:bg-hover hover:text-ink",
  danger: "border border-line bg-surface text-danger hover:bg-danger-soft",
};

const sizes = { small: "h-7 px-2 text-xs gap-1", normal: "h-8 px-3 text-sm gap-1.5", icon: "size-8 justify-center" };

type Props = ComponentProps<"button"> & { kind?: keyof typeof kinds; size?: keyof typeof sizes };

export function Button({ kind = "plain", size = "normal", className = "", ...rest }: Props) {
  const look = `${kinds[kind]} ${sizes[size]} ${className}`;
  return (
    <button
      type="button"
      className={`inline-flex shrink-0 items-center rounded-md whitespace-nowrap transition-colors disabled:opacity-50 ${look}`}
      {...rest}
    />
  );
}
