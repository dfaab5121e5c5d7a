const gap = 6;
const edge = 8;

type Box = Pick<DOMRect, "top" | "right" | "bottom" | "left">;
type Size = { width: number; height: number };

/** Puts a card that is shown already next to `anchor`, wholly inside the window. */
export function place(card: HTMLElement, anchor: Box, beside: boolean): void {
  const { left, top } = spotFor(
    { width: card.offsetWidth, height: card.offsetHeight },
    anchor,
    { width: innerWidth, height: innerHeight },
    beside,
  );
  card.style.left = `${left}px`;
  card.style.top = `${top}px`;
}

/** Where the card's corner goes: `beside` the anchor if there is room on a side, else below it, else above. */
export function spotFor(card: Size, anchor: Box, page: Size, beside: boolean): { left: number; top: number } {
  const within = (value: number, length: number, most: number) => Math.max(edge, Math.min(value, most - length - edge));
  const leftOf = anchor.left - gap - card.width;
  const rightOf = anchor.right + gap;
  const side = leftOf >= edge ? leftOf : rightOf + card.width <= page.width - edge ? rightOf : undefined;
  if (beside && side !== undefined) return { left: side, top: within(anchor.top, card.height, page.height) };

  const below = anchor.bottom + gap;
  const fits = below + card.height <= page.height - edge;
  return {
    left: within(anchor.left, card.width, page.width),
    top: within(fits ? below : anchor.top - gap - card.height, card.height, page.height),
  };
}
