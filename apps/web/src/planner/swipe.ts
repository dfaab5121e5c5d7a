import { type TouchEvent, useRef } from "react";

const leastPixels = 60;

/** Handlers that tell a sideways swipe: +1 to the left (forward), −1 to the right. Scrolling up or down is none. */
export function useSwipe(swiped: (by: 1 | -1) => void) {
  const start = useRef({ x: 0, y: 0 });
  return {
    onTouchStart: ({ touches }: TouchEvent) => {
      const touch = touches[0];
      if (touch) start.current = { x: touch.clientX, y: touch.clientY };
    },
    onTouchEnd: (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      // A finger that carried a block swiped nothing.
      if (!touch || event.defaultPrevented) return;
      const x = touch.clientX - start.current.x;
      const y = touch.clientY - start.current.y;
      if (Math.abs(x) >= leastPixels && Math.abs(x) > 2 * Math.abs(y)) swiped(x < 0 ? 1 : -1);
    },
  };
}
