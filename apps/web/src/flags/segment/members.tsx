import { useVirtualizer } from "@tanstack/react-virtual";
import { X } from "lucide-react";
import { useRef } from "react";

const height = 28;

/** The ids that are in sight, out of however many there are. */
export function Members({ ids, remove }: { ids: readonly string[]; remove: ((id: string) => void) | null }) {
  const scroller = useRef<HTMLDivElement>(null);
  // Nothing of it is handed to a memoized component.
  // oxlint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: ids.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 10,
  });
  if (ids.length === 0) return null;
  return (
    // What scrolls must be reachable by keyboard.
    <section
      ref={scroller}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="The ids"
      className="max-h-96 overflow-y-auto rounded-md border border-line bg-surface"
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          return (
            id !== undefined && (
              <li
                key={id}
                style={{ transform: `translateY(${start}px)`, height }}
                className="absolute inset-x-0 top-0 flex items-center px-2 font-mono text-xs"
              >
                <span className="min-w-0 flex-1 truncate">{id}</span>
                {remove && (
                  <button
                    type="button"
                    aria-label={`Remove ${id}`}
                    onClick={() => remove(id)}
                    className="grid size-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-danger"
                  >
                    <X aria-hidden className="size-3.5" />
                  </button>
                )}
              </li>
            )
          );
        })}
      </ul>
    </section>
  );
}
