import { X } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "../ui/button.tsx";
import { useServices } from "./services.ts";
import type { Toast, Toasts } from "./toasts.ts";

/** Where toasts appear. The region is always there, so that screen readers announce what enters it. */
export function Tray() {
  const { toasts } = useServices();
  const list = useSyncExternalStore(toasts.subscribe, toasts.get);
  return (
    <output className="pointer-events-none fixed right-3 bottom-24 left-3 z-50 flex flex-col items-center gap-2 lg:right-4 lg:bottom-4 lg:left-auto lg:items-end">
      {list.map((toast) => (
        <Item key={toast.id} toast={toast} toasts={toasts} />
      ))}
    </output>
  );
}

function Item({ toast, toasts }: { toast: Toast; toasts: Toasts }) {
  const { id, text, undo } = toast;
  const hold = () => toasts.hold(id);
  const release = () => toasts.release(id);
  return (
    <div
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className="rise pointer-events-auto flex max-w-full max-lg:not-last:hidden items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-3 text-sm shadow-pop"
    >
      <span className="min-w-0">{text}</span>
      {undo && (
        <Button
          kind="quiet"
          size="small"
          className="font-medium text-accent"
          onClick={() => {
            undo();
            toasts.dismiss(id);
          }}
        >
          Undo
        </Button>
      )}
      <Button kind="quiet" size="icon" className="size-7" aria-label="Dismiss" onClick={() => toasts.dismiss(id)}>
        <X aria-hidden className="size-3.5" />
      </Button>
    </div>
  );
}
