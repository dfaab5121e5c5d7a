import type { ReactNode } from "react";

export type Toast = { id: number; text: ReactNode; undo?: () => void };

const shownMilliseconds = 8_000;

/** Short messages at the edge of the page; each leaves by itself unless it is held (pointer or focus on it). */
export function createToasts(after: (milliseconds: number, run: () => void) => () => void) {
  let toasts: readonly Toast[] = [];
  let next = 1;
  const listeners = new Set<() => void>();
  const timers = new Map<number, () => void>();

  const change = (to: readonly Toast[]) => {
    toasts = to;
    for (const listener of listeners) listener();
  };
  const dismiss = (id: number) => {
    timers.get(id)?.();
    timers.delete(id);
    change(toasts.filter((toast) => toast.id !== id));
  };
  const release = (id: number) =>
    void timers.set(
      id,
      after(shownMilliseconds, () => dismiss(id)),
    );
  return {
    get: () => toasts,
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    show(text: ReactNode, undo?: () => void) {
      const toast = { id: next, text, ...(undo ? { undo } : {}) };
      next += 1;
      // Three at most: older ones would cover the page.
      for (const { id } of toasts.slice(0, -2)) dismiss(id);
      change([...toasts, toast]);
      release(toast.id);
    },
    dismiss,
    hold(id: number) {
      timers.get(id)?.();
      timers.delete(id);
    },
    release,
  };
}
export type Toasts = ReturnType<typeof createToasts>;
