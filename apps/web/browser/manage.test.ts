import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Flag } from "@beq/flags";
import type { Browser, Cookie, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./barriers.ts";
import { hasChromium, launch, type Look, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";

const shots = join(fileURLToPath(new URL("../../..", import.meta.url)), ".screenshots");
const look: Look = { width: 1280, scheme: "light" };
// Each width and each scheme once.
const looks: Look[] = [
  { width: 1280, scheme: "light" },
  { width: 390, scheme: "dark" },
];
const ada = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
const vera = { name: "Vera", email: "vera@example.com", password: "looks but does not touch" };

describe.runIf(hasChromium())("managing flags in Chromium", () => {
  let stack: Stack;
  let browser: Browser;
  let cookies: Cookie[];

  beforeAll(async () => {
    mkdirSync(shots, { recursive: true });
    [stack, browser] = await Promise.all([startStack(), launch()]);
    await post("/trpc/access.setUp", ada);
    cookies = await signIn(ada);
    const many = Array.from(
      { length: 1_000 },
      (_, index) => [`feature_${String(index).padStart(4, "0")}`, index] as const,
    );
    await save(
      Object.fromEntries(
        many.map(([key, index]) => [key, flag({ owner: `team ${index % 7}`, tags: [`tag-${index % 5}`] })]),
      ),
    );
    await save({ guarded: guarded() });
    for (let id = 0; id < 20; id += 1) await seen(`user-${id}`, id < 15 ? "DE" : "FR");
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.[Symbol.asyncDispose]();
  });

  it("makes a flag, orders its rules, looks at who would notice, saves it and takes it back, all by keyboard", async () => {
    const { page, complaints } = await member("/flags");
    await page.getByRole("table", { name: "Flags" }).waitFor();
    await page.keyboard.press("n");
    await page.getByRole("dialog", { name: "New flag" }).waitFor();
    await page.keyboard.type("new_checkout");
    await tabs(page, 2);
    await page.keyboard.type("Pay in one step");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "new_checkout" }).waitFor();

    await page.keyboard.press("a");
    await focused(page, "Attribute");
    await page.keyboard.type("country");
    await tabs(page, 2);
    await page.keyboard.type("DE");
    await act(page, "add a rule");
    await focused(page, "Attribute");
    await page.keyboard.type("user id");
    await tabs(page, 1);
    await page.keyboard.type("is given");
    await page.getByLabel("What rule-2 serves").focus();
    await page.keyboard.type("a perc");
    await page.getByLabel("Share of on").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    expect(await page.getByLabel("Percent of on").inputValue()).toBe("0.001");
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByText("rule-2 is now rule 1 of 2").waitFor();

    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", { name: "Save new_checkout" });
    await dialog.getByText("21 of 21 contexts").waitFor();
    await page.keyboard.type("The first customers");
    await page.keyboard.press("Enter");
    await page.getByText("new_checkout is saved.").waitFor();
    expect((await stored("new_checkout")).rules).toMatchObject([
      { id: "rule-2", when: { attribute: "targetingKey", op: "present" }, serve: split(1, 99_999) },
      { id: "rule-1", when: { attribute: "country", op: "equals", value: "DE" }, serve: { variant: "on" } },
    ]);

    await page.keyboard.press("u");
    await page.getByText("Taken back.").waitFor();
    await page.getByText("There is no such flag").waitFor();
    expect(complaints.filter((one) => !one.includes("404"))).toEqual([]);
    await page.context().close();
  });

  it("says before saving which of the recent contexts would get another value, by which rule", async () => {
    const { page } = await member("/flags/guarded");
    await page.getByText("country is “DE”").waitFor();
    await page.getByRole("button", { name: "Remove germany" }).press("Enter");
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", { name: "Save guarded" });
    await dialog.getByText("15 of 21 contexts of the last hour (71.4 %) would get another value.").waitFor();
    expect(await dialog.getByText("on (rule “germany”)").innerText()).toBeTruthy();
    await page.keyboard.press("Escape");
    await act(page, "discard");
    await page.getByText("country is “DE”").waitFor();
    await page.context().close();
  });

  it("brings two people's changes together, and asks where both changed the same", async () => {
    await save({ shared: flag({ description: "As it was" }) });
    const { page, complaints } = await member("/flags/shared?tab=settings");
    await page.getByLabel("Description").focus();
    await page.keyboard.press("End");
    await page.keyboard.type(", by Ada");
    await save({ shared: { ...(await stored("shared")), description: "As it was, by Ben", owner: "Ben" } });
    await page.getByText("Somebody saved another version while you edited").waitFor();

    await page.keyboard.press("Control+s");
    await page.getByRole("dialog", { name: "Ada saved this meanwhile" }).waitFor();
    await page.getByRole("radio", { name: /^Yours/ }).press("Space");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Save shared" }).getByText("“As it was, by Ben”").waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("shared is saved.").waitFor();
    expect(await stored("shared")).toMatchObject({ description: "As it was, by Ada", owner: "Ben" });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("is refused where the news did not arrive, and goes on with both people's changes", async () => {
    await save({ parted: flag({}) });
    const { page } = await member("/flags");
    await page.route("**/trpc/flags.onChange*", (route) => route.abort());
    await page.goto(`${stack.url}/flags/parted?tab=settings`);
    await page.getByLabel("Description").fill("Mine");
    await save({ parted: { ...(await stored("parted")), owner: "Ben" } });
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog", { name: "Save parted" }).getByLabel("Why").focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Ada saved this meanwhile" });
    await dialog.getByText("They do not touch each other: both are kept.").waitFor();
    await dialog.getByRole("button", { name: "Go on with both" }).press("Enter");
    await page.getByRole("dialog", { name: "Save parted" }).getByLabel("Why").focus();
    await page.keyboard.press("Enter");
    await page.getByText("parted is saved.").waitFor();
    expect(await stored("parted")).toMatchObject({ description: "Mine", owner: "Ben" });
    await page.context().close();
  });

  it("switches a flag off for everybody in two keystrokes, from the list and from its page, and on again", async () => {
    const { page } = await member("/flags?q=guarded");
    await page.getByRole("link", { name: "guarded" }).waitFor();
    await page.keyboard.press("Shift+K");
    await page.getByRole("dialog", { name: "Switch off guarded?" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("guarded is off for everybody.").waitFor();
    expect((await stored("guarded")).enabled).toBe(false);
    await page.keyboard.press("u");
    await page.getByText("Taken back.").waitFor();
    expect((await stored("guarded")).enabled).toBe(true);

    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "guarded" }).waitFor();
    await page.keyboard.press("Shift+K");
    await page.getByRole("dialog", { name: "Switch off guarded?" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("switch", { checked: false }).waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Shift+K");
    await page.getByRole("dialog", { name: "Switch on guarded?" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("switch", { checked: true }).waitFor();
    await page.context().close();
  });

  it("finds one of a thousand flags while it is typed, and shows what others save without a reload", async () => {
    const { page } = await member("/flags");
    await page.getByRole("link", { name: "feature_0000" }).waitFor();
    expect(await page.locator("[data-flag]").count()).toBeLessThan(60);
    await page.keyboard.press("End");
    await page.keyboard.press("/");
    await page.keyboard.type("0777");
    await page.getByText(/^1 of 1,?\d+$/).waitFor();
    await save({ feature_0777: { ...(await stored("feature_0777")), description: "Changed elsewhere" } });
    await page.getByText("Changed elsewhere").waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "feature_0777" }).waitFor();
    await save({ feature_0777: { ...(await stored("feature_0777")), description: "And once more" } });
    await page.getByText("And once more").waitFor();
    await page.context().close();
  });

  it("tells clause by clause why somebody gets what they get", async () => {
    const { page } = await member("/flags/guarded");
    await page.getByText("country is “DE”").waitFor();
    await page.keyboard.press("3");
    const why = page.getByRole("list", { name: "Why" });
    await why.getByText("country is “DE”: it is missing").waitFor();
    await page.getByRole("button", { name: "country" }).press("Enter");
    await page.getByLabel("country", { exact: true }).focus();
    await page.keyboard.type("DE");
    await page.keyboard.press("Enter");
    await why.getByText("Rule “germany” applies").waitFor();
    // One of those who asked, known by a hash, not by the id; this page asks for flags too, and has no country.
    const people = page.getByLabel("Somebody who asked within the last hour");
    await people.selectOption(await people.locator("option", { hasText: "country" }).first().getAttribute("value"));
    await why.getByText(/country is “DE”: it is “(DE|FR)”/).waitFor();
    expect(await page.getByText("user-0").count()).toBe(0);
    await page.context().close();
  });

  it("plans a change for a morning in another zone, and says so on the flag's page", async () => {
    const { page } = await member("/flags/guarded?tab=settings");
    await page.getByLabel("Owner").fill("growth");
    await page.keyboard.press("Control+s");
    const dialog = page.getByRole("dialog", { name: "Save guarded" });
    await dialog.getByRole("button", { name: "Later…" }).press("Enter");
    await dialog.getByLabel("Date and time there").fill("2030-03-25T09:00");
    await dialog.getByLabel("Zone").fill("Asia/Tokyo");
    await dialog.getByRole("button", { name: "Plan it" }).press("Enter");
    await page.getByText("Ada, planned for 2030-03-25 09:00 in Asia/Tokyo").waitFor();
    expect((await stored("guarded")).owner).toBe("");
    await page.context().close();
  });

  it("lets a declared flag follow its environment again, and moves a rule by hand", async () => {
    stack.setEnvironment({ FEATURE_AI_CHAT_ENABLED: "true", FEATURE_AI_CHAT_USERS: "ann,bob" });
    const { page } = await member("/flags/ai_chat?tab=settings");
    await page.getByText("FEATURE_AI_CHAT_USERS=ann,bob").waitFor();
    await page.keyboard.press("1");
    await act(page, "add a rule");
    await focused(page, "Attribute");
    await page.keyboard.type("country");
    await page.locator("[data-rule] [draggable]").nth(1).dragTo(page.locator("[data-rule]").first());
    await page.getByText("rule-2 is now rule 1 of 2").waitFor();
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog", { name: "Save ai_chat" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("ai_chat is saved.").waitFor();

    await page.keyboard.press("2");
    await page.getByRole("button", { name: "Return to what the environment says" }).press("Enter");
    await page.getByRole("dialog", { name: "Return ai_chat to what lies below" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("ai_chat is what it was before it was saved.").waitFor();
    expect((await stored("ai_chat")).version).toBe(0);
    await page.context().close();
  });

  it("keeps an edit over a reload, and points at what is wrong with it", async () => {
    const { page } = await member("/flags/guarded");
    await page.getByText("country is “DE”").click();
    await page.getByLabel("Operator").selectOption("semver_at_least");
    await page.getByRole("button", { name: "Rule 1: expected a version such as 1.2.3" }).waitFor();
    expect(await page.getByRole("button", { name: "Review and save" }).isDisabled()).toBe(true);
    await page.reload();
    await page.getByText("1 change is not saved").waitFor();
    await page.keyboard.press("2");
    await page.getByRole("button", { name: "Require another flag" }).press("Enter");
    await page.getByLabel("Required flag").fill("no_such_flag");
    await page.keyboard.press("Control+z");
    await act(page, "discard");
    await page.getByText("Discarded.").waitFor();
    await page.context().close();
  });

  it("takes a hundred thousand pasted ids without standing still", async () => {
    const { page } = await member("/segments");
    await page.getByText("No segments yet").waitFor();
    await page.keyboard.press("n");
    await page.getByRole("dialog", { name: "New segment" }).waitFor();
    await page.keyboard.type("early");
    await tabs(page, 1);
    await page.keyboard.press("ArrowDown");
    await tabs(page, 1);
    await page.keyboard.press("Enter");
    await page.getByLabel("Add ids").focus();
    const longest = await paste(page, Array.from({ length: 100_000 }, (_, id) => `customer-${id}`).join("\n"));
    await page.getByText("100,000 ids").first().waitFor();
    // What would stand still is a list that draws every id.
    expect(longest).toBeLessThan(20_000);
    expect(await page.getByRole("listitem").count()).toBeLessThan(60);
    await page.keyboard.press("Control+s");
    await page.getByRole("dialog", { name: "Save early" }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByText("early is saved.").waitFor();
    await page.context().close();
  });

  it("shows everything and changes nothing for somebody who may only look", async () => {
    const { body } = await post("/trpc/access.invite", { name: vera.name, email: vera.email, role: "viewer" });
    await post("/trpc/access.join", { token: body.result.data.token, password: vera.password });
    const { page } = await member("/flags/guarded", look, await signIn(vera));
    await page.getByText("You may look at flags. An editor may change them.").waitFor();
    expect(await page.getByRole("button", { name: "Add a rule" }).count()).toBe(0);
    await page.keyboard.press("Shift+K");
    await page.keyboard.press("2");
    await page.getByText("Who says so").waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
    expect(await page.getByLabel("Description").isDisabled()).toBe(true);
    await page.context().close();
  });

  it.each(looks)("has no barrier at $width px, $scheme", async (look) => {
    const { page, complaints } = await member("/flags", look);
    await page.getByRole("link", { name: "feature_0000" }).waitFor();
    await checked(page, "flags", look);
    for (const tab of ["rules", "settings", "try", "history", "json"]) {
      await page.goto(`${stack.url}/flags/guarded?tab=${tab}`);
      await page.getByRole("heading", { name: "guarded" }).waitFor();
      await page.getByRole("switch").waitFor();
      await checked(page, `flag-${tab}`, look);
    }
    await page.goto(`${stack.url}/flags/guarded`);
    await page.locator("[data-rule-head]").first().click();
    await page.getByLabel("What germany serves").selectOption("split");
    await checked(page, "flag-edited", look);
    await page.keyboard.press("Control+s");
    await page.getByText("Who would notice").waitFor();
    await checked(page, "flag-review", look);
    await page.keyboard.press("Escape");
    for (const [path, shown] of [
      ["segments", page.getByRole("list", { name: "Segments" })],
      ["segments/early", page.getByText("customer-0", { exact: true })],
      ["changes", page.getByRole("list", { name: "Changes" })],
    ] as const) {
      await page.goto(`${stack.url}/${path}`);
      await shown.waitFor();
      await checked(page, path.replace("/", "-"), look);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  async function checked(page: Page, name: string, { width, scheme }: Look): Promise<void> {
    await page.screenshot({ path: join(shots, `${name}-${width}-${scheme}.png`) });
    const fits = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
    expect({ name, fits, barriers: await barriers(page) }).toEqual({ name, fits: true, barriers: [] });
  }

  /** A page of somebody who is signed in. */
  async function member(path: string, at: Look = look, as: Cookie[] = cookies) {
    const visitor = await visit(browser, "about:blank", at);
    await visitor.page.context().addCookies(as);
    await visitor.page.goto(stack.url + path);
    return visitor;
  }

  async function signIn({ email, password }: typeof ada): Promise<Cookie[]> {
    const context = await browser.newContext();
    await context.request.post(`${stack.url}/api/auth/sign-in/email`, {
      data: { email, password },
      headers: { origin: stack.url },
    });
    const held = await context.cookies();
    await context.close();
    return held;
  }

  async function post(path: string, body: object) {
    const cookie = (cookies ?? []).map(({ name, value }) => `${name}=${value}`).join("; ");
    const headers = { "content-type": "application/json", origin: stack.url, cookie };
    const answer = await fetch(stack.url + path, { method: "POST", headers, body: JSON.stringify(body) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${text}`);
    return { body: text === "" ? null : JSON.parse(text) };
  }

  /** What another editor does, without a page. */
  async function save(flags: Readonly<Record<string, Flag>>): Promise<void> {
    const edits = await Promise.all(
      Object.entries(flags).map(async ([key, value]) => ({ kind: "flag", key, base: value.version, value })),
    );
    await post("/trpc/flags.save", { edits, comment: "" });
  }

  async function stored(key: string): Promise<Flag> {
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const answer = await fetch(`${stack.url}/api/v1/flags/${key}`, { headers: { cookie } });
    const { flag, version } = (await answer.json()) as { flag: Flag; version: number };
    return { ...flag, version };
  }

  /** Somebody asks for a flag, as an application would. */
  async function seen(id: string, country: string): Promise<void> {
    const body = JSON.stringify({ context: { targetingKey: id, country } });
    const headers = { "content-type": "application/json" };
    await fetch(`${stack.url}/ofrep/v1/evaluate/flags/guarded`, { method: "POST", headers, body });
  }
});

function flag(more: Partial<Flag>): Flag {
  return {
    description: "A flag among many",
    type: "boolean",
    enabled: true,
    variants: { on: true, off: false },
    off: "off",
    requires: [],
    rules: [],
    otherwise: { variant: "off" },
    bucketing: { algorithm: "flagd-v2" },
    owner: "",
    tags: [],
    lifetime: "permanent",
    version: 0,
    ...more,
  };
}

function guarded(): Flag {
  const when = { attribute: "country", op: "equals", value: "DE" } as const;
  return flag({ rules: [{ id: "germany", when, serve: { variant: "on" } }] });
}

function split(on: number, off: number) {
  return {
    split: {
      weights: [
        { variant: "on", weight: on },
        { variant: "off", weight: off },
      ],
    },
  };
}

async function tabs(page: Page, count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await page.keyboard.press("Tab");
}

/** Waits until the control of that name has the focus. */
async function focused(page: Page, label: string): Promise<void> {
  await page.locator(`[aria-label="${label}"]:focus`).waitFor();
}

/** Runs an action by the palette. */
async function act(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Actions" }).waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

/** Pastes into what has the focus. @returns the longest time in milliseconds that the page could not react in */
function paste(page: Page, text: string): Promise<number> {
  return page.evaluate(async (pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text", pasted);
    const start = performance.now();
    document.activeElement?.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return performance.now() - start;
  }, text);
}
