import { type ReactNode, useEffect, useRef } from "react";

type Props = { title: string; children: ReactNode; close?: () => void; wide?: boolean };

/**
 * A dialog above the page; the browser keeps the focus inside and gives it back. Without `close` it stays until its
 * own buttons end it.
 */
export function Modal({ title, children, close, wide = false }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-label={title}
      onClose={close}
      onCancel={(event) => {
        if (!close) event.preventDefault();
      }}
      closedby={close ? "any" : "none"}
      className={`rise mx-auto mt-[8vh] max-h-[84vh] overflow-y-auto rounded-lg border border-line bg-raised p-5 text-ink shadow-pop ${wide ? "w-[min(44rem,calc(100vw-1.5rem))]" : "w-[min(28rem,calc(100vw-1.5rem))]"}`}
    >
      <h2 className="mb-3 text-lg font-semibold">{title}</h2>
      {children}
    </dialog>
  );
}
