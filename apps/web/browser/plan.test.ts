import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./barriers.ts";
import { drop, hasChromium, launch, type Look, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";
import { act, plan, planFixture, root, rows, settle } from "./week.ts";

const shots = join(root, ".screenshots");
const wide: Look = { width: 1280, scheme: "light" };
const narrow: Look = { width: 390, scheme: "dark" };

describe.runIf(hasChromium())("a plan that can be questioned", () => {
  let stack: Stack;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    [stack, browser] = await Promise.all([startStack(), launch()]);
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  async function versions(): Promise<unknown> {
    return (await fetch(`${stack.url}/api/v1/schedule/local/versions`)).json();
  }

  async function stored(): Promise<{ events: { pinned: boolean }[] }> {
    return (await (await fetch(`${stack.url}/api/v1/schedule/local`)).json()) as { events: { pinned: boolean }[] };
  }

  /** Another client puts a task of the fixture week elsewhere. */
  async function putByOthers(): Promise<void> {
    const updates = [{ event_id: "offer", start_time: "2030-03-28T15:00:00", end_time: "2030-03-28T15:45:00" }];
    const { status } = await fetch(`${stack.url}/api/v1/schedule/local/reschedule`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ updates }),
    });
    expect(status).toBe(200);
  }

  it("says of every block of the fixture week why it is there, when it will be done, and what else there was", async () => {
    const { page, complaints } = await visit(browser, stack.url, wide);
    await planFixture(page);
    await page.getByText(/At most \d.* from the best|Proven best/).waitFor();
    const cards = await everyCard(page);
    expect(cards.size).toBe(25);
    const without = (said: RegExp) => [...cards].filter(([, card]) => !said.test(card)).map(([title]) => title);
    expect(without(/What this place costs|breaks none of your preferences/)).toEqual([]);
    expect(without(/even odds.*4 in 5.*19 in 20|not within these days/s)).toEqual([]);
    expect(without(/^(?!.*(undefined|NaN|null|Invalid|\[object))/s)).toEqual([]);
    expect(cards.get("Draft the quarterly report")).toMatch(/after 'Collect the figures of the first quarter'/);
    expect(cards.get("Draft the quarterly report")).toMatch(/In time.*% of simulated weeks, likely in time/s);
    expect(cards.get("Bake the birthday cake")).toMatch(/after 'Buy a birthday present for Mila'/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("says after a reload what it said before: how good the plan is, how each day holds, and nothing that is untrue", async () => {
    const { page, complaints } = await visit(browser, stack.url, wide);
    await planFixture(page);
    const before = await told(page);
    expect(before.filter((line) => /% of|hold|·/.test(line)).length).toBeGreaterThan(3);
    await page.reload();
    await page.getByText(/\d+ placed/).waitFor();
    expect(await told(page)).toEqual(before);
    expect(await page.getByText("Changed since this plan.").count()).toBe(0);
    await shoot(page, "reloaded", wide);
    await page
      .getByRole("button", { name: /^\d+ h.* planned, it holds with/ })
      .first()
      .click();
    await page.getByText(/of working time left/).waitFor();
    await page.keyboard.press("Escape");
    const other = await visit(browser, stack.url, narrow);
    await other.page.getByRole("button", { name: "Week", exact: true }).click();
    await other.page.getByText(/At most \d.* from the best|Proven best/).waitFor();
    await shoot(other.page, "reloaded", narrow);
    await other.page.context().close();

    await moveOne(page);
    await page.getByText("Changed since this plan.").waitFor();
    expect(await page.getByText(/At most \d.* from the best|Proven best/).count()).toBe(0);
    await page.reload();
    await page.getByText("Changed since this plan.").waitFor();
    expect(await page.getByText(/At most \d.* from the best|Proven best/).count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("says of a pinned task how likely it is in time, and lets one time of a recurring meeting go", async () => {
    const { page, complaints } = await visit(browser, stack.url, wide);
    await planFixture(page);
    await block(page, "Fill in the tax return").focus();
    await page.keyboard.press("Alt+ArrowDown");
    await page.getByText("Changed since this plan.").waitFor();
    await page.keyboard.press("p");
    await page.keyboard.press("p");
    await plan(page);
    await settle(page);
    const card = await open(page, "Fill in the tax return");
    expect(await card.innerText()).toMatch(/You put it here\..*In time.*% of simulated weeks.*(costs|preferences)/s);
    await shoot(page, "pinned", wide);
    await page.keyboard.press("Escape");

    const meetings = page.locator("[data-block]", { hasText: "Product sync" });
    await meetings.first().click();
    const meeting = page.getByRole("dialog", { name: /^Product sync/ });
    await meeting.getByRole("button", { name: "Do not plan around this one" }).click();
    await meeting.getByRole("button", { name: "Plan around this one", exact: true }).waitFor();
    expect(await meeting.innerText()).toContain("no, shown as free");
    await shoot(page, "freed", wide);
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.locator("details > summary", { hasText: "week.ics" }).click();
    await page.getByText(/× \d+, 1 of them free/).waitFor();

    await page.reload();
    await page.getByRole("button", { name: "Re-plan around it" }).click();
    const dialog = page.getByRole("dialog", { name: "Re-plan around your changes" });
    await dialog.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Changed since this plan.").waitFor({ state: "detached" });
    await page.reload();
    await page.getByText(/\d+ placed/).waitFor();
    await page.locator("details > summary", { hasText: /week\.ics.*events/s }).waitFor();
    expect(await page.getByText("Changed since this plan.").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("shows with a new plan what others had put by hand, as after a reload", async () => {
    const { page } = await visit(browser, stack.url, wide);
    await planFixture(page);
    await putByOthers();
    await plan(page);
    await settle(page);
    await page.getByText("All 25 placed").waitFor();
    const before = await names(page);
    expect(before.filter((name) => /^Task: .*, pinned/.test(name))).toEqual([
      expect.stringMatching(/, pinned, Thu 28 Mar, 15:00–15:45/),
    ]);
    await page.reload();
    await page.getByText("All 25 placed").waitFor();
    expect(await names(page)).toEqual(before);
    await page.context().close();
  });

  it("lets go of what others put by hand, takes that back, and stores it with the plan that is applied", async () => {
    const { page, complaints } = await visit(browser, stack.url, wide);
    await planFixture(page);
    await putByOthers();
    await page.evaluate(() => dispatchEvent(new Event("focus")));
    const pinned = page.getByText(/, pinned$/);
    await expect.poll(() => pinned.count()).toBe(1);

    const card = await open(page, "Answer the offer for the new office");
    await card.getByRole("button", { name: "Unpin" }).click();
    await expect.poll(() => pinned.count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect.poll(() => pinned.count()).toBe(1);
    expect(await page.getByText("Changed since this plan.").count()).toBe(0);

    await block(page, "Answer the offer for the new office").focus();
    await page.keyboard.press("p");
    await expect.poll(() => pinned.count()).toBe(0);
    await page.reload();
    await page.getByRole("button", { name: "Re-plan around it" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Apply" }).click();
    await page.getByText("Changed since this plan.").waitFor({ state: "detached" });
    const { events } = await stored();
    expect(events.filter(({ pinned: isPinned }) => isPinned)).toEqual([]);
    await page.reload();
    await page.getByText(/\d+ placed/).waitFor();
    expect(await pinned.count()).toBe(0);
    expect(await page.getByText("Changed since this plan.").count()).toBe(0);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("tries out what a longer task would do without changing anything, does it, and takes it back with one key", async () => {
    const { page, complaints } = await visit(browser, stack.url, wide);
    await planFixture(page);
    const before = await names(page);
    await tryOut(page, "Draft the quarterly report", "3h30");
    const dialog = page.getByRole("dialog", { name: "What if “Draft the quarterly report” takes 3 h 30 min?" });
    await dialog.getByText("Every deadline holds").waitFor();
    await shoot(page, "what-if", wide);
    expect(await barriers(page)).toEqual([]);
    await dialog.getByRole("button", { name: "Keep the plan as it is" }).click();
    expect(await names(page)).toEqual(before);

    await tryOut(page, "Draft the quarterly report", "3h30");
    await dialog.getByRole("button", { name: "Apply" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => lengthOf(page, "Draft the quarterly report")).toBe(210);

    const applied = await names(page);
    const undone = page.waitForResponse((response) => response.url().includes("schedule.restore"));
    await page.keyboard.press("Control+z");
    await expect.poll(() => names(page)).toEqual(before);
    await undone;
    const redone = page.waitForResponse((response) => response.url().includes("schedule.restore"));
    await page.keyboard.press("Control+Shift+z");
    await redone;
    await expect.poll(() => names(page)).toEqual(applied);
    expect(await page.getByText("Changed since this plan.").count()).toBe(0);
    const restored = page.waitForResponse((response) => response.url().includes("schedule.restore"));
    await page.keyboard.press("Control+z");
    await expect.poll(() => names(page)).toEqual(before);
    await restored;
    await page.reload();
    await page.getByText(/\d+ placed/).waitFor();
    expect(await names(page)).toEqual(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("moves a task to its next best place and fits the others around it, after showing what that changes", async () => {
    const { page } = await visit(browser, stack.url, wide);
    await planFixture(page);
    const title = await moveOne(page);
    await page.getByText("Changed since this plan.").waitFor();
    await page.getByRole("button", { name: "Re-plan around it" }).click();
    const dialog = page.getByRole("dialog", { name: "Re-plan around your changes" });
    const moved = dialog.getByRole("listitem").filter({ hasText: title }).first();
    expect(await moved.innerText()).toMatch(/\w{3} \d+, \d\d:\d\d → \w{3} \d+, \d\d:\d\d\s+You put it there\./);
    await shoot(page, "re-plan", wide);
    await dialog.getByRole("button", { name: "Apply" }).click();
    await page.getByText("Changed since this plan.").waitFor({ state: "detached" });
    await page.getByText("All 25 placed").waitFor();
    await page.context().close();
  });

  it("names what keeps a task out and makes the room it proposes, with one click", async () => {
    const { page, complaints } = await visit(browser, stack.url, wide);
    await startOver(page, tight());
    const tray = page.getByRole("region", { name: "Without a place" });
    await tray.getByText(/in its way$/).click();
    expect(await tray.innerText()).toMatch(/It needs 4 h; .*one of them has to give way/s);
    // The tray says it with its reason: once is enough.
    expect(await page.getByRole("button", { name: /warning/ }).count()).toBe(0);
    await page.getByRole("button", { name: /from the best|Proven best|How good it is/ }).click();
    await page.getByText("Without a place", { exact: true }).waitFor();
    await page.keyboard.press("Escape");
    await shoot(page, "tray", wide);
    expect(await barriers(page)).toEqual([]);

    await tray
      .getByRole("list", { name: /^Ways to fit/ })
      .getByRole("button")
      .first()
      .click();
    await page.getByRole("button", { name: "Apply" }).click();
    await tray.waitFor({ state: "detached" });
    await page.keyboard.press("Control+z");
    await tray.waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("compares other plans of the same week and takes one", async () => {
    const { page } = await visit(browser, stack.url, wide);
    await planFixture(page);
    const before = await names(page);
    const kept = await versions();
    await act(page, "show other plans");
    const dialog = page.getByRole("dialog", { name: "Other plans for this week" });
    await dialog.getByText("The plan on the screen").waitFor();
    expect(await versions()).toEqual(kept);
    await shoot(page, "others", wide);
    expect(await barriers(page)).toEqual([]);
    await dialog
      .getByRole("button", { name: /^Take this one/ })
      .first()
      .click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => names(page)).not.toEqual(before);

    const taken = await told(page);
    expect(taken.filter((line) => line.includes("·")).length).toBeGreaterThan(2);
    await page.reload();
    await page.getByText(/\d+ placed/).waitFor();
    expect(await told(page)).toEqual(taken);
    await page.context().close();
  });

  it("takes what is left of an earlier list out of the plan, and brings it back with one key", async () => {
    const { page } = await visit(browser, stack.url, wide);
    await planFixture(page);
    await startOver(page, tight());
    const old = block(page, "Plant the balcony boxes");
    await old.click();
    await page.getByRole("button", { name: "Take it out of the plan" }).click();
    const dialog = page.getByRole("dialog", { name: "Take “Plant the balcony boxes” out of the plan" });
    await dialog.getByText("There is nothing left of it to plan.").waitFor();
    await dialog.getByRole("button", { name: "Apply" }).click();
    await dialog.waitFor({ state: "detached" });
    await expect.poll(() => old.count()).toBe(0);
    await page.keyboard.press("Control+z");
    await old.waitFor();
    await page.context().close();
  });

  it("takes what few tasks need, names a field that is wrong, and keeps to it", async () => {
    const { page } = await visit(browser, stack.url, wide);
    await startOver(page, { ...tight(), planning_horizon_days: 3 });
    await page.locator("[data-row]", { hasText: "Report" }).click();
    await page.getByLabel("Takes").fill("forever");
    await page.keyboard.press("Enter");
    await page.getByText("Takes: “forever” is not a time of 1 min to 24 h").waitFor();
    await page.getByText("More: earliest start").click();
    await page.getByLabel("Free before").fill("soon");
    await page.keyboard.press("Enter");
    await page.getByText("Free before: “soon” is not a time of 0 min to 8 h").waitFor();
    await page.getByLabel("Not before").fill("2030-03-26T10:00");
    await page.keyboard.press("Enter");
    await page.getByLabel("May be done in pieces").check();
    await page.getByLabel("Longest").fill("2h");
    await page.keyboard.press("Enter");
    expect(await barriers(page)).toEqual([]);
    await shoot(page, "more", wide);

    await plan(page);
    await settle(page);
    const pieces = (await names(page)).filter((name) => name.startsWith("Task: Report"));
    expect(pieces.length).toBeGreaterThan(1);
    for (const piece of pieces) expect(piece).toMatch(/Tue 26 Mar|Wed 27 Mar/);
    await page.context().close();
  });

  it("is no smaller a planner on a phone", async () => {
    const { page, complaints } = await visit(browser, stack.url, narrow);
    await planFixture(page);
    await page.getByRole("button", { name: "Week", exact: true }).click();
    await tasksOf(page).first().click();
    await page.locator("dialog:popover-open").getByRole("button", { name: "Edit task" }).waitFor();
    await shoot(page, "why", narrow);
    expect(await barriers(page)).toEqual([]);
    await page.getByRole("button", { name: "Try it" }).click();
    await page
      .getByRole("dialog", { name: /^What if/ })
      .getByText("Every deadline holds")
      .waitFor();
    await shoot(page, "what-if", narrow);
    expect(await barriers(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** What the plan says of itself: the line above the calendar, and what stands below the name of each day. */
async function told(page: Page): Promise<string[]> {
  const summary = page.getByRole("button", { name: /from the best|Proven best|chance that every deadline holds/ });
  const days = page.locator("h3 + div").filter({ hasText: "·" });
  return [...(await summary.allInnerTexts()), ...(await days.allInnerTexts())];
}

/** Puts a week in place of what is there, and plans it. */
async function startOver(page: Page, week: ReturnType<typeof tight>): Promise<void> {
  await page.getByLabel("Add a task").waitFor();
  await act(page, "remove every");
  await page.getByText("What do you have to do?").waitFor();
  await drop(page, [{ name: "tight.json", text: JSON.stringify(week) }]);
  await expect.poll(() => rows(page)).toBe(week.tasks.length);
  await plan(page);
  await settle(page);
}

/** A Monday that is too short for its tasks. */
function tight() {
  return {
    planning_start: "2030-03-25T08:00:00",
    planning_horizon_days: 1,
    user_preferences: { timezone: "Europe/Berlin", work_start_time: "09:00", work_end_time: "17:00" },
    tasks: [
      { id: "a", title: "Report", priority: "medium", estimated_duration_minutes: 240 },
      { id: "b", title: "Slides", priority: "medium", estimated_duration_minutes: 240 },
    ],
  };
}

function block(page: Page, title: string): Locator {
  return page.getByRole("button", { name: new RegExp(`^Task: (\\w+ priority ?)?${title}`) }).first();
}

async function open(page: Page, title: string): Promise<Locator> {
  await block(page, title).click();
  const card = page.getByRole("dialog", { name: title, exact: true });
  await card.getByRole("button", { name: "Edit task" }).waitFor();
  return card;
}

async function tryOut(page: Page, title: string, time: string): Promise<void> {
  const card = await open(page, title);
  await card.getByLabel("What if it takes").fill(time);
  await card.getByRole("button", { name: "Try it" }).click();
}

/** The blocks of tasks, in the order of the page. */
function tasksOf(page: Page): Locator {
  return page.locator("[data-block]").filter({ hasText: /^Task: / });
}

/** Moves the first task that has a next best place there, and says which it was. */
async function moveOne(page: Page): Promise<string> {
  for (const one of await tasksOf(page).all()) {
    await one.click();
    const card = page.locator("dialog:popover-open");
    await card.getByRole("button", { name: "Edit task" }).waitFor();
    const move = card.getByRole("button", { name: "Move it there" });
    const title = await card.locator("h4").innerText();
    if ((await move.count()) > 0) {
      await move.click();
      await page.keyboard.press("Escape");
      return title;
    }
    await page.keyboard.press("Escape");
  }
  throw new Error("no task has a next best place");
}

/** What the card of each task says, by the task's title. */
async function everyCard(page: Page): Promise<Map<string, string>> {
  const cards = new Map<string, string>();
  for (const one of await page
    .locator("[data-block]")
    .filter({ hasText: /^Task: / })
    .all()) {
    await one.focus();
    await page.keyboard.press("Enter");
    const card = page.locator("dialog:popover-open");
    await card.getByRole("button", { name: "Edit task" }).waitFor();
    cards.set(await card.locator("h4").innerText(), await card.innerText());
    await page.keyboard.press("Escape");
  }
  return cards;
}

/** The accessible names of the calendar's blocks. */
async function names(page: Page): Promise<string[]> {
  const all = page.locator("[data-block]");
  await all.first().waitFor();
  return all.evaluateAll((elements) => elements.map((element) => element.textContent ?? ""));
}

/** How many minutes a task's block lasts. */
async function lengthOf(page: Page, title: string): Promise<number> {
  const [, from = 0, fromMinute = 0, to = 0, toMinute = 0] =
    /(\d\d):(\d\d)–(\d\d):(\d\d)/.exec((await block(page, title).textContent()) ?? "")?.map(Number) ?? [];
  return (to - from) * 60 + toMinute - fromMinute;
}

async function shoot(page: Page, name: string, { width, scheme }: Look): Promise<void> {
  await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`) });
}
