type Keys = Pick<KeyboardEvent, "key" | "altKey" | "shiftKey" | "preventDefault">;

/**
 * Moves the focus among the blocks of a grid: up and down within a day, left and right to the nearest block of the next
 * day that has one. Days carry `data-day`, blocks `data-block`.
 */
export function moveFocus(grid: HTMLElement, event: Keys): void {
  // With these the arrows move the block itself.
  if (event.altKey || event.shiftKey) return;
  const current = document.activeElement;
  if (!(current instanceof HTMLElement) || current.dataset["block"] === undefined) return;

  const days = [...grid.querySelectorAll<HTMLElement>("[data-day]")].map((day) => [
    ...day.querySelectorAll<HTMLElement>("[data-block]"),
  ]);
  const at = days.findIndex((blocks) => blocks.includes(current));
  const next = target(days, at, current, event.key);
  if (!next) return;

  event.preventDefault();
  next.focus();
}

function target(days: HTMLElement[][], at: number, current: HTMLElement, key: string): HTMLElement | undefined {
  const day = days[at] ?? [];
  switch (key) {
    case "ArrowDown":
      return day[day.indexOf(current) + 1];
    case "ArrowUp":
      return day[day.indexOf(current) - 1];
    case "ArrowRight":
      return nearest(
        days.slice(at + 1).find((blocks) => blocks.length > 0),
        current,
      );
    case "ArrowLeft":
      return nearest(
        days
          .slice(0, at)
          .toReversed()
          .find((blocks) => blocks.length > 0),
        current,
      );
    default:
      return undefined;
  }
}

function nearest(blocks: HTMLElement[] | undefined, current: HTMLElement): HTMLElement | undefined {
  const top = (block: HTMLElement) => block.getBoundingClientRect().top;
  const distance = (block: HTMLElement) => Math.abs(top(block) - top(current));
  return blocks?.reduce((best, block) => (distance(block) < distance(best) ? block : best));
}
