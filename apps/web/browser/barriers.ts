import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** What axe finds against WCAG 2.2 AA, one line a rule and element. */
export async function barriers(page: Page): Promise<string[]> {
  // Evaluated, not added as a script element: the page's policy forbids those, and rightly.
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    type Found = { violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[] };
    const run: (context: Document, options: object) => Promise<Found> = Reflect.get(
      Reflect.get(globalThis, "axe"),
      "run",
    );
    // What passes is counted, not described, which would take as long again.
    const { violations } = await run(document, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" ")}: ${failureSummary}`),
    );
  }, wcag);
}
