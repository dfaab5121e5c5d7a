/** As a ref: the focus goes here when the control appears, also where a dialog would choose another one. */
export function focusHere(element: HTMLElement | null): void {
  if (!element) return;
  element.autofocus = true;
  element.focus();
}
