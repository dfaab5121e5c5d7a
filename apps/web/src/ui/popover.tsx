import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { place } from "./place.ts";

/** What the button that opens a popover needs. */
export type Opener = { popoverTarget: string; "aria-haspopup": "dialog"; "data-open": boolean };

type Props = { renderTrigger: (opener: Opener) => ReactNode; label: string; children: ReactNode; beside?: boolean };

/**
 * A card that opens at the button that was pressed, above everything. It is the browser's own popover: Escape and a
 * click elsewhere close it, and the focus goes back to the button.
 */
export function Popover({ renderTrigger, label, children, beside = false }: Props) {
  const id = useId();
  const card = useRef<HTMLDialogElement>(null);
  const [isOpen, setOpen] = useState(false);
  // It has no size before it is shown, and is not to be seen before it has its place.
  const [isPlaced, setPlaced] = useState(false);
  const opened = () => {
    const opener = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
    if (!card.current || !opener) return;
    place(card.current, opener.getBoundingClientRect(), beside);
    card.current.focus();
    setPlaced(true);
  };
  // What it shows may grow once it is loaded.
  useEffect(() => {
    const { current } = card;
    const opener = document.querySelector(`[popovertarget="${CSS.escape(id)}"]`);
    if (!isPlaced || !current || !opener) return;
    const observer = new ResizeObserver(() => place(current, opener.getBoundingClientRect(), beside));
    observer.observe(current);
    return () => observer.disconnect();
  }, [isPlaced, id, beside]);
  return (
    <>
      {renderTrigger({ popoverTarget: id, "aria-haspopup": "dialog", "data-open": isOpen })}
      <dialog
        ref={card}
        id={id}
        popover="auto"
        aria-label={label}
        tabIndex={-1}
        onBeforeToggle={({ newState }) => setOpen(newState === "open")}
        onToggle={({ newState }) => (newState === "open" ? opened() : setPlaced(false))}
        className={`inset-auto m-0 max-h-[calc(100dvh-1rem)] w-80 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-lg border border-line bg-raised p-3 text-left text-sm font-normal text-ink shadow-pop outline-none ${isPlaced ? "" : "opacity-0"}`}
      >
        {isOpen && children}
      </dialog>
    </>
  );
}
