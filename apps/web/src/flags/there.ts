const mostFrames = 60;

/** Does something with an element as soon as it is on the page; nothing if it does not come within a second or so. */
export function whenThere(selector: string, act: (element: HTMLElement) => void, frames = mostFrames): void {
  const element = document.querySelector<HTMLElement>(selector);
  if (element) act(element);
  else if (frames > 0) requestAnimationFrame(() => whenThere(selector, act, frames - 1));
}
