import { type RefObject, useEffect, useRef, useState } from "react";

type Listen = { [K in "dragover" | "dragleave" | "drop"]: (event: DragEvent) => void };

/**
 * Lets an element take what is dragged onto it, if it is of that type.
 * @returns whether something that fits is over it now
 */
export function useDrop(element: RefObject<HTMLElement | null>, type: string, dropped: () => void): boolean {
  const [isOver, setOver] = useState(false);
  const latest = useRef(dropped);
  useEffect(() => {
    latest.current = dropped;
  });
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const listen: Listen = {
      dragover(event) {
        if (!event.dataTransfer?.types.includes(type)) return;
        event.preventDefault();
        setOver(true);
      },
      dragleave: () => setOver(false),
      drop(event) {
        event.preventDefault();
        setOver(false);
        latest.current();
      },
    };
    const stop = new AbortController();
    for (const name of ["dragover", "dragleave", "drop"] as const)
      current.addEventListener(name, listen[name], { signal: stop.signal });
    return () => stop.abort();
  }, [element, type]);
  return isOver;
}
