import { type RefObject, useLayoutEffect, useRef } from "react";

type Spot = { left: number; top: number };
type Seen = { days: unknown; blocks: unknown; spots: ReadonlyMap<string, Spot> };

const milliseconds = 220;

/**
 * Lets blocks glide to their new places when the plan changes, also to another day. Not where other days are shown, not
 * what a hand has just put down, and not for people who asked for less motion.
 * @param blocks changes when the blocks do; they carry `data-glide`
 */
export function useGlide(plane: RefObject<HTMLElement | null>, blocks: unknown, days: unknown): void {
  const before = useRef<Seen>({ days: null, blocks: null, spots: new Map() });
  useLayoutEffect(() => {
    const { current } = plane;
    if (!current || (before.current.blocks === blocks && before.current.days === days)) return;
    const elements = [...current.querySelectorAll<HTMLElement>("[data-glide]")];
    const spots = new Map(elements.map((element) => [element.dataset["glide"] ?? "", spotOf(element)]));
    if (before.current.days === days && mayMove(current))
      for (const element of elements) glide(element, before.current.spots, spots);
    before.current = { days, blocks, spots };
  }, [plane, blocks, days]);
}

function glide(element: HTMLElement, before: ReadonlyMap<string, Spot>, after: ReadonlyMap<string, Spot>): void {
  const id = element.dataset["glide"] ?? "";
  const from = before.get(id);
  const to = after.get(id);
  if (!from || !to || (from.left === to.left && from.top === to.top)) return;
  element.animate(
    [{ transform: `translate(${from.left - to.left}px, ${from.top - to.top}px)` }, { transform: "none" }],
    { duration: milliseconds, easing: "cubic-bezier(0.2, 0, 0, 1)" },
  );
}

/** Within the plane; an element's own offset is within its day. */
function spotOf(element: HTMLElement): Spot {
  const day = element.offsetParent;
  return { left: element.offsetLeft + (day instanceof HTMLElement ? day.offsetLeft : 0), top: element.offsetTop };
}

function mayMove(plane: HTMLElement): boolean {
  return !plane.closest("[data-still]") && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
