import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./barriers.ts";
import { drop, hasChromium, launch, type Look, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";
import { act, plan, root, settle } from "./week.ts";

const shots = join(root, ".screenshots");
const monday = "2030-03-25";
const tuesday = "2030-03-26";
const saturday = "2030-03-30";
const wide: Look = { width: 1280, scheme: "light" };
// Where a hand takes a block, in pixels below its upper edge.
const grip = 8;

describe.runIf(hasChromium())("the week under the hand", () => {
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

  it("leaves a block where it is let go, on the grid, also when the week is planned again, until that is taken back", async () => {
    const { page, complaints } = await planned(browser, stack, wide);
    const before = await nameOf(block(page, "Report"));
    await carry(page, block(page, "Report"), tuesday, "13:06");
    await expect
      .poll(() => ghost(page))
      .toMatchObject({ state: "allowed", text: "Report13:00–14:30Late: due Mon 25, 12:00" });
    await shoot(page, "carried", wide);
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Report"))).toMatch(/pinned, Tue 26 Mar, 13:00–14:30$/);
    expect(await page.locator("[data-ghost]").count()).toBe(0);
    await page.getByText("“Report” stays at Tue 26 Mar, 13:00–14:30. Late: due Mon 25, 12:00.").first().waitFor();
    await page.getByRole("button", { name: "Re-plan around it" }).waitFor();
    // Letting go is no click.
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await barriers(page)).toEqual([]);

    await plan(page);
    expect(await nameOf(block(page, "Report"))).toMatch(/pinned, Tue 26 Mar, 13:00–14:30$/);
    expect(await page.getByText("All 3 placed").or(page.getByText("3 of 4 placed")).count()).toBe(1);

    await page.keyboard.press("Control+z");
    await expect.poll(() => nameOf(block(page, "Report"))).not.toContain("pinned");
    await plan(page);
    expect(await nameOf(block(page, "Report"))).toBe(before);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("takes the finer grid with Alt, and back with Escape", async () => {
    const { page } = await planned(browser, stack, wide);
    const before = await nameOf(block(page, "Call"));
    await carry(page, block(page, "Call"), tuesday, "13:06");
    await page.keyboard.down("Alt");
    await expect.poll(async () => (await ghost(page)).text).toMatch(/^Call13:05–13:50/);
    await page.keyboard.up("Alt");
    await expect.poll(async () => (await ghost(page)).text).toMatch(/^Call13:00–13:45/);
    await page.keyboard.press("Escape");
    expect(await page.locator("[data-ghost]").count()).toBe(0);
    await page.mouse.up();
    expect(await nameOf(block(page, "Call"))).toBe(before);
    await page.context().close();
  });

  it("marks where a block cannot go, and what it would run into", async () => {
    const { page } = await planned(browser, stack, wide);
    const before = await nameOf(block(page, "Call"));
    await carry(page, block(page, "Call"), tuesday, "10:00");
    await expect.poll(async () => (await ghost(page)).text).toBe("Call10:00–10:45Over “Standup”");
    await page.mouse.move(...(await spot(page, saturday, "10:00")), { steps: 4 });
    await expect
      .poll(() => ghost(page))
      .toMatchObject({
        state: "refused",
        text: "Call10:00–10:45Outside of the planned days",
      });
    await shoot(page, "refused", wide);
    await page.mouse.up();
    expect(await nameOf(block(page, "Call"))).toBe(before);
    await page.context().close();
  });

  it("stretches a block at its lower edge, which is how long its task takes from then on", async () => {
    const { page } = await planned(browser, stack, wide);
    await carry(page, block(page, "Report"), tuesday, "13:00");
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Report"))).toMatch(/13:00–14:30$/);
    const box = await inView(block(page, "Report"));
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height + 20, { steps: 3 });
    await page.mouse.move(...(await spot(page, tuesday, "15:32", 0)), { steps: 3 });
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Report"))).toMatch(/13:00–15:30$/);
    await page.locator("[data-row]", { hasText: "Report" }).getByText("2 h 30 min").waitFor();
    await page.keyboard.press("Control+z");
    await page.locator("[data-row]", { hasText: "Report" }).getByText("1 h 30 min").waitFor();
    await page.context().close();
  });

  it("moves, stretches and pins by keys, says so, and keeps the focus", async () => {
    const { page, complaints } = await planned(browser, stack, wide);
    await carry(page, block(page, "Report"), tuesday, "13:00");
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Report"))).toMatch(/13:00–14:30$/);
    await block(page, "Report").focus();
    const steps = [
      ["Alt+ArrowDown", "Tue 26 Mar, 13:15–14:45"],
      ["Alt+ArrowRight", "Wed 27 Mar, 13:15–14:45"],
      ["Shift+ArrowDown", "Wed 27 Mar, 13:15–15:00"],
      ["Alt+Shift+ArrowUp", "Wed 27 Mar, 13:10–14:55"],
      ["Shift+ArrowUp", "Wed 27 Mar, 13:10–14:45"],
    ] as const;
    for (const [keys, place] of steps) {
      await page.keyboard.press(keys);
      await expect.poll(() => focused(page)).toContain(place);
      await expect.poll(() => spoken(page)).toContain(place);
    }
    await page.keyboard.press("p");
    await expect.poll(() => focused(page)).not.toContain("pinned");
    await expect.poll(() => spoken(page)).toBe("“Report” is planned freely again.");
    await page.keyboard.press("p");
    await expect.poll(() => focused(page)).toContain("pinned");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Report" }).getByRole("button", { name: "Unpin" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("moves a block without dragging, by the time it is to start at", async () => {
    const { page } = await planned(browser, stack, wide);
    await block(page, "Slides").click();
    const card = page.getByRole("dialog", { name: "Slides" });
    const starts = card.getByLabel("Starts");
    await starts.fill(`${saturday}T10:00`);
    await starts.press("Enter");
    await card.getByText("Outside of the planned days").waitFor();
    await starts.fill(`${tuesday}T14:30`);
    await starts.press("Enter");
    await expect.poll(() => nameOf(block(page, "Slides"))).toMatch(/pinned, Tue 26 Mar, 14:30–15:30$/);
    await page.context().close();
  });

  it("takes what found no place from below the calendar, and lays it back", async () => {
    const { page } = await planned(browser, stack, wide);
    const tray = page.getByRole("region", { name: "Without a place" });
    const left = tray.getByRole("listitem").filter({ hasText: "Hopeless" }).first();
    await left.waitFor();
    await carry(page, left, tuesday, "14:00");
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Hopeless"))).toMatch(/pinned, Tue 26 Mar, 14:00–15:00$/);
    await page.keyboard.press("Control+z");
    await left.waitFor();
    expect(await block(page, "Hopeless").count()).toBe(0);

    await carry(page, block(page, "Call"), tuesday, "15:00");
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Call"))).toMatch(/pinned, Tue/);
    const from = await inView(block(page, "Call"));
    const to = await boxOf(tray);
    await page.mouse.move(from.x + 20, from.y + grip);
    await page.mouse.down();
    await page.mouse.move(from.x + 30, from.y + grip + 10, { steps: 2 });
    await page.mouse.move(to.x + to.width / 2, to.y + 20, { steps: 5 });
    await page.getByText("Let go to unpin it").waitFor();
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Call"))).not.toContain("pinned");
    await page.context().close();
  });

  it("takes a task from the list as well, without opening it, and shows by a key what planning around it changes", async () => {
    const { page } = await planned(browser, stack, wide);
    const row = page.locator("[data-row]", { hasText: "Slides" });
    await carry(page, row, tuesday, "13:00");
    await page.mouse.up();
    await expect.poll(() => nameOf(block(page, "Slides"))).toMatch(/pinned, Tue 26 Mar, 13:00–14:00$/);
    expect(await row.getAttribute("aria-expanded")).toBe("false");
    await page.keyboard.press("r");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /Apply|Take/ })
      .waitFor();
    await page.context().close();
  });

  it("shows one day by a key, and a block goes to another day by being dropped on its name", async () => {
    const { page } = await planned(browser, stack, { width: 1280, scheme: "dark" });
    await page.keyboard.press("d");
    await page.getByRole("button", { name: /Monday 25 Mar/ }).waitFor();
    expect(await page.locator("[data-day]").count()).toBe(1);
    await shoot(page, "day", { width: 1280, scheme: "dark" });
    const clock = /\d\d:\d\d–\d\d:\d\d/.exec(await nameOf(block(page, "Call")))?.[0];
    await lift(page, block(page, "Call"));
    const tab = await boxOf(page.getByRole("button", { name: /Thursday 28 Mar/ }));
    await page.mouse.move(tab.x + tab.width / 2, tab.y + tab.height / 2, { steps: 5 });
    await page.getByText(`Thu 28 Mar, ${clock}`).waitFor();
    await page.mouse.up();
    await page.keyboard.press("w");
    await expect.poll(() => nameOf(block(page, "Call"))).toContain(`Thu 28 Mar, ${clock}`);
    expect(await barriers(page)).toEqual([]);
    await page.context().close();
  });

  it("turns to another day while a block rests at the side of the calendar, and back; Escape leaves the block", async () => {
    const { page, complaints } = await planned(browser, stack, wide);
    await page.keyboard.press("d");
    const before = await nameOf(block(page, "Call"));
    await lift(page, block(page, "Call"));
    await restAt(page, "right");
    await page.keyboard.press("Escape");
    await page.mouse.up();
    expect(await page.locator("[data-ghost]").count()).toBe(0);
    await page.getByRole("button", { name: /Monday 25 Mar/ }).click();
    expect(await nameOf(block(page, "Call"))).toBe(before);

    await lift(page, block(page, "Call"));
    await restAt(page, "right");
    await restAt(page, "left");
    await restAt(page, "right");
    const date = await dayShown(page);
    await page.mouse.move(...(await spot(page, date, "14:00")), { steps: 3 });
    await expect.poll(async () => (await ghost(page)).text).toContain("14:00–14:45");
    await shoot(page, "turned", wide);
    await page.mouse.up();
    await expect
      .poll(() => nameOf(block(page, "Call")))
      .toMatch(/pinned, (Tue 26|Wed 27|Thu 28|Fri 29) Mar, 14:00–14:45$/);
    expect(date).not.toBe(monday);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("turns under a finger as well", async () => {
    const narrow: Look = { width: 390, scheme: "dark" };
    const { page, complaints } = await planned(browser, stack, narrow);
    await page.getByRole("button", { name: "Week", exact: true }).click();
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("/hands-")),
    );
    const finger = await fingerOn(page);
    const box = await inView(block(page, "Call"));
    await finger.down(box.x + 20, box.y + grip);
    await page.locator("[data-ghost]").waitFor();
    await finger.move(386, box.y + 2 * grip);
    await expect.poll(() => dayShown(page)).not.toBe(monday);
    await finger.move(250, box.y + 2 * grip);
    const clock = /\d\d:\d\d–\d\d:\d\d/;
    await expect.poll(async () => (await ghost(page)).text).toMatch(clock);
    const [time = "nowhere"] = clock.exec((await ghost(page)).text) ?? [];
    await shoot(page, "turned", narrow);
    await finger.up();
    await expect.poll(() => nameOf(block(page, "Call"))).toContain(time);
    expect(await nameOf(block(page, "Call"))).toMatch(/pinned, (Tue 26|Wed 27|Thu 28|Fri 29) Mar/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("carries a block by a finger that rests on it first, and scrolls under one that does not", async () => {
    const narrow: Look = { width: 390, scheme: "light" };
    const { page, complaints } = await planned(browser, stack, narrow);
    await page.getByRole("button", { name: "Week", exact: true }).click();
    // A finger that is there sooner than the code for it scrolls.
    await page.waitForFunction(() =>
      performance.getEntriesByType("resource").some(({ name }) => name.includes("/hands-")),
    );
    const finger = await fingerOn(page);
    const box = await inView(block(page, "Call"));
    await finger.down(box.x + 20, box.y + grip);
    await page.locator("[data-ghost]").waitFor();
    await finger.move(...(await spot(page, monday, "12:31")));
    await expect.poll(async () => (await ghost(page)).text).toContain("12:30–13:15");
    await shoot(page, "carried", narrow);
    await finger.up();
    await expect.poll(() => nameOf(block(page, "Call"))).toMatch(/pinned, Mon 25 Mar, 12:30–13:15$/);
    expect(await barriers(page)).toEqual([]);

    const calendar = page.getByRole("region", { name: "Calendar" });
    const scrolled = () => calendar.evaluate(({ scrollTop }) => scrollTop);
    const there = await inView(block(page, "Call"));
    const top = await scrolled();
    // Sent together: one that waited for the page between its moves would rest.
    await Promise.all([
      finger.down(there.x + 20, there.y + grip),
      ...[20, 40, 60, 80].map((by) => finger.move(there.x + 20, there.y + grip - by)),
      finger.up(),
    ]);
    await expect.poll(scrolled).toBeGreaterThan(top);
    expect(await nameOf(block(page, "Call"))).toMatch(/12:30–13:15$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** A visitor with a small week that is planned. */
async function planned(browser: Browser, stack: Stack, look: Look) {
  const visitor = await visit(browser, stack.url, look);
  const { page } = visitor;
  await page.getByLabel("Add a task").waitFor();
  await act(page, "remove every");
  await page.getByText("What do you have to do?").waitFor();
  await drop(page, [tasks(), meeting()]);
  await page.locator("[data-row]", { hasText: "Hopeless" }).waitFor();
  await page.getByText("1 event", { exact: true }).waitFor();
  await plan(page);
  await settle(page);
  return visitor;
}

function tasks(): { name: string; text: string } {
  const whole = {
    planning_start: `${monday}T08:00:00`,
    planning_horizon_days: 5,
    user_preferences: { timezone: "Europe/Berlin" },
    tasks: [
      {
        id: "report",
        title: "Report",
        estimated_duration_minutes: 90,
        priority: "high",
        deadline: `${monday}T12:00:00`,
      },
      { id: "call", title: "Call", estimated_duration_minutes: 45, deadline: `${saturday}T17:00:00` },
      { id: "slides", title: "Slides", estimated_duration_minutes: 60 },
      {
        id: "hopeless",
        title: "Hopeless",
        estimated_duration_minutes: 60,
        deadline: `${monday}T09:30:00`,
        deadline_is_hard: true,
      },
    ],
  };
  return { name: "tasks.json", text: JSON.stringify(whole) };
}

function meeting(): { name: string; text: string } {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//BeQ//Drag//EN",
    "BEGIN:VEVENT",
    "UID:standup",
    "SUMMARY:Standup",
    "DTSTART:20300326T090000Z",
    "DTEND:20300326T100000Z",
    "END:VEVENT",
    "END:VCALENDAR",
  ];
  return { name: "week.ics", text: `${lines.join("\r\n")}\r\n` };
}

function block(page: Page, title: string): Locator {
  return page.locator("[data-block][data-grab]", { hasText: title });
}

async function nameOf(one: Locator): Promise<string> {
  return (await one.first().textContent()) ?? "";
}

async function boxOf(one: Locator) {
  const box = await one.first().boundingBox();
  if (!box) throw new Error("it is not on the screen");
  return box;
}

/** Not below the names of the days, nor out of sight. */
async function inView(one: Locator) {
  await one.first().evaluate((element) => element.scrollIntoView({ block: "center" }));
  return boxOf(one);
}

async function lift(page: Page, one: Locator): Promise<void> {
  const box = await inView(one);
  await page.mouse.move(box.x + 20, box.y + grip);
  await page.mouse.down();
  await page.mouse.move(box.x + 26, box.y + grip + 6, { steps: 2 });
  await page.locator("[data-ghost]").waitFor({ state: "attached" });
}

/** Takes something to a time of a day, and does not let go. */
async function carry(page: Page, one: Locator, date: string, clock: string): Promise<void> {
  const held = (await one.first().getAttribute("data-block")) === null ? 0 : grip;
  await lift(page, one);
  await page.mouse.move(...(await spot(page, date, clock, held)), { steps: 6 });
  // On its way it may have scrolled the calendar at its edge.
  await page.mouse.move(...(await spot(page, date, clock, held)));
  await expect.poll(async () => (await ghost(page)).text).not.toBe("");
}

/** Where a clock time of a day is on the screen. */
async function spot(page: Page, date: string, clock: string, below = grip): Promise<[number, number]> {
  const column = await boxOf(page.locator(`[data-day][data-date="${date}"]`));
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return [column.x + column.width / 2, column.y + (column.height * (hours * 60 + minutes)) / 1_440 + below];
}

async function ghost(page: Page): Promise<{ state: string | null; text: string }> {
  const [shown] = await page
    .locator("[data-ghost]:not([hidden])")
    .evaluateAll((found) =>
      found.map((one) => ({ state: one.getAttribute("data-ghost"), text: one.textContent ?? "" })),
    );
  return shown ?? { state: null, text: "" };
}

function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.textContent ?? "");
}

async function spoken(page: Page): Promise<string> {
  return (await page.locator("section[aria-label=Plan] > output").textContent()) ?? "";
}

/** The day that stands alone on the screen. */
async function dayShown(page: Page): Promise<string> {
  return (await page.locator("[data-day]").first().getAttribute("data-date")) ?? "";
}

/** Keeps what is carried at a side of the calendar until that turns, and takes it in again. */
async function restAt(page: Page, side: "left" | "right"): Promise<void> {
  const before = await dayShown(page);
  const { x, y, width, height } = await boxOf(page.getByRole("region", { name: "Calendar" }));
  const edge = side === "left" ? x + 12 : x + width - 8;
  await page.mouse.move(edge, y + height / 2, { steps: 3 });
  await expect.poll(() => dayShown(page)).not.toBe(before);
  await page.mouse.move(x + width / 2, y + height / 2);
}

/** One finger on the glass. */
async function fingerOn(page: Page) {
  const session = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", points: { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  return {
    down: (x: number, y: number) => touch("touchStart", [{ x, y }]),
    move: (x: number, y: number) => touch("touchMove", [{ x, y }]),
    up: () => touch("touchEnd", []),
  };
}

async function shoot(page: Page, name: string, { width, scheme }: Look): Promise<void> {
  await page.screenshot({ path: join(shots, `drag-${name}-${width}-${scheme}.png`) });
}
