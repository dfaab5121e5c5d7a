import { type Browser, chromium, type Page } from "playwright-core";
import { findChromium } from "../../../scripts/chromium.ts";
import { patience } from "../../../scripts/patience.ts";

const executablePath = findChromium();
const flags = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** Whether these tests can run here. Where every tool is required, a missing browser is a failure, not a skip. */
export function hasChromium(): boolean {
  if (executablePath) return true;
  if (process.env["REQUIRE_ALL_TOOLS"] === "1")
    throw new Error("Chromium is missing: apt-get install chromium-headless-shell fonts-liberation");
  process.stderr.write(
    "SKIPPED: browser tests, because Chromium is not on this machine (apt-get install chromium-headless-shell)\n",
  );
  return false;
}

export function launch(): Promise<Browser> {
  return chromium.launch({ ...(executablePath && { executablePath }), args: flags, timeout: patience.hookTimeout });
}

export type Look = { width: 1280 | 390; scheme: "light" | "dark" };

/** A page of a fresh visitor in Berlin. `complaints` fills with whatever the browser objects to. */
export async function visit(
  browser: Browser,
  url: string,
  { width, scheme }: Look,
): Promise<{ page: Page; complaints: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: width === 390 ? 844 : 800 },
    hasTouch: width === 390,
    colorScheme: scheme,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    reducedMotion: "reduce",
  });
  context.setDefaultTimeout(patience.expect.poll.timeout);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", ({ message }) => complaints.push(message));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

/** Drops files on the page as a person does. */
export async function drop(page: Page, files: readonly { name: string; text: string }[]): Promise<void> {
  const dataTransfer = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, text } of list) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent("body", "drop", { dataTransfer });
}
