import { Popover as Radix } from "radix-ui";
import type { ReactElement, ReactNode } from "react";

/** A card that opens beside what was pressed; Escape and a click elsewhere close it and give the focus back. */
export function Popover(props: { trigger: ReactElement; label: string; children: ReactNode; side?: "left" | "bottom" }) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={props.label}
          side={props.side ?? "bottom"}
          sideOffset={6}
          collisionPadding={8}
          className="rise z-40 w-80 max-w-[calc(100vw-1rem)] rounded-lg border border-line bg-raised p-3 text-sm shadow-pop outline-none"
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
