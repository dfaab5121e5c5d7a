import { type RefObject, useEffect, useRef } from "react";

/** A ref for an element that hears the keys pressed within it, without being a control itself. */
export function useKeys<T extends HTMLElement>(
  pressed: (event: KeyboardEvent, element: T) => void,
): RefObject<T | null> {
  const element = useRef<T>(null);
  const latest = useRef(pressed);
  useEffect(() => {
    latest.current = pressed;
  });
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    const listen = (event: KeyboardEvent) => latest.current(event, current);
    current.addEventListener("keydown", listen);
    return () => current.removeEventListener("keydown", listen);
  }, []);
  return element;
}
