import { X } from "lucide-react";

/** Takes away what it stands beside. */
export function RemoveButton({ label, remove }: { label: string; remove: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      onClick={remove}
      className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-danger disabled:hidden"
    >
      <X aria-hidden className="size-3.5" />
    </button>
  );
}
