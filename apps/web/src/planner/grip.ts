import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import type { World } from "./world.ts";

/** A function, always the same one, that gives what was drawn last. */
export function useLatest<T>(value: T): () => T {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  });
  return useCallback(() => latest.current, []);
}

/** Lets the calendar be moved by hand. What does that is loaded when a hand comes near: the first look does without. */
export function useHands(root: RefObject<HTMLElement | null>, world: () => World): void {
  useEffect(() => {
    const { current } = root;
    if (!current) return;
    let detach: (() => void) | undefined;
    let isGone = false;
    const load = async () => {
      // Without the network it is tried again at the next touch; the rest of the page works on.
      const hands = await import("./hands.ts").catch(() => null);
      if (!hands || isGone || detach) return;
      stop.abort();
      detach = hands.attachHands(current, world);
    };
    const stop = new AbortController();
    // A finger gives no notice.
    if (matchMedia("(any-pointer: coarse)").matches) void load();
    for (const type of ["pointerover", "focusin"])
      document.addEventListener(type, () => void load(), { signal: stop.signal });
    return () => {
      isGone = true;
      stop.abort();
      detach?.();
    };
  }, [root, world]);
}
