/** The two screens: a desk's, and a phone's with a core a quarter as fast. */
export const looks = [
  { name: "desktop", viewport: { width: 1280, height: 800 }, touch: false, slowdown: 1 },
  { name: "phone", viewport: { width: 390, height: 844 }, touch: true, slowdown: 4 },
];

/** A fresh page of such a screen, and what speaks to the browser beneath it. */
export async function openPage(browser, { viewport, touch, slowdown }) {
  const context = await browser.newContext({
    viewport,
    hasTouch: touch,
    isMobile: touch,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send("Performance.enable");
  /** Only what is measured is slowed down, not the way there. */
  const slow = () => cdp.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  return { page, cdp, slow };
}
