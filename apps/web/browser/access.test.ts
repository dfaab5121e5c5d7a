import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Cookie, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { barriers } from "./barriers.ts";
import { hasChromium, launch, type Look, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const shots = join(root, ".screenshots");
const flagd = join(root, "packages", "flags", "fixtures", "flagd.json");
const look: Look = { width: 1280, scheme: "light" };
// Each width and each scheme once.
const looks: Look[] = [
  { width: 1280, scheme: "light" },
  { width: 390, scheme: "dark" },
];
const ada = { name: "Ada Lovelace", email: "ada@example.com", password: "correct horse battery" };
const ben = { name: "Ben", email: "ben@example.com", password: "staple of the shop" };

describe.runIf(hasChromium())("accounts, keys and review in Chromium", () => {
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

  it("plans without an account, makes the first one where flags are managed, signs out and in by keyboard", async () => {
    const { page, complaints } = await visit(browser, stack.url, look);
    await page.getByText("What do you have to do?").waitFor();
    await letters(page, "g", "l");
    await page.getByRole("heading", { name: "Create the first account" }).waitFor();
    await type(page, ada.name, ada.email, ada.password);
    await page.getByRole("button", { name: `Account of ${ada.name}` }).waitFor();

    await act(page, "your account");
    await page.getByText("This one").waitFor();
    await act(page, "sign out");
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    await act(page, "sign in");
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await type(page, ada.email, ada.password);
    await page.getByRole("heading", { name: "Your account" }).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("says that e-mail and password do not match, and keeps what was typed", async () => {
    const { page } = await visit(browser, `${stack.url}/settings`, look);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await type(page, ada.email, "not this one");
    await page.getByText("This e-mail and password do not match.").waitFor();
    expect(await page.getByLabel("E-mail").inputValue()).toBe(ada.email);
    await page.getByLabel("Password").fill(ada.password);
    await page.keyboard.press("Enter");
    await page.getByText("This one").waitFor();
    await page.context().close();
  });

  it("makes a key that works until it is revoked, and not a moment longer", async () => {
    const { page, complaints } = await member(ada, "/settings/keys");
    await letters(page, "n");
    await page.getByRole("dialog", { name: "Create an API key" }).waitFor();
    await page.keyboard.type("Shop");
    // Client is chosen; one down is Server.
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Shop is ready" }).waitFor();
    const key = await page.locator("[data-once]").innerText();
    expect(key).toMatch(/^beq_server_/);
    expect(await statusWith(key)).toBe(200);

    await page.getByRole("button", { name: "I have it" }).press("Enter");
    await page.getByRole("button", { name: "Revoke Shop" }).press("Enter");
    await page.getByRole("button", { name: "Revoke it" }).press("Enter");
    await page.getByText("No keys yet").waitFor();
    expect(await statusWith(key)).toBe(401);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("lets an invited person in by a link, once", async () => {
    const { page } = await member(ada, "/settings/members");
    await letters(page, "n");
    await page.getByRole("dialog", { name: "Invite somebody" }).waitFor();
    await type(page, ben.name, ben.email);
    await page.getByRole("dialog", { name: "A link for Ben" }).waitFor();
    const link = await page.locator("[data-once]").innerText();
    await page.getByRole("button", { name: "I have it" }).press("Enter");
    await page.getByText("Invited, not here yet").waitFor();

    const guest = await visit(browser, link, look);
    await guest.page.getByLabel("Password").focus();
    await type(guest.page, ben.password);
    await guest.page.getByRole("button", { name: "Account of Ben" }).waitFor();
    expect(guest.complaints).toEqual([]);
    await guest.page.context().close();

    const late = await visit(browser, link, look);
    await late.page.getByLabel("Password").focus();
    await type(late.page, "somebody else entirely");
    await late.page.getByText(/This invitation is not known/).waitFor();
    await late.page.context().close();
    await page.context().close();
  });

  it("imports a flagd document after showing what differs, and applies what was chosen", async () => {
    const { page, complaints } = await member(ada, "/transfer");
    await page.getByLabel("File to import").setInputFiles(flagd);
    await page.getByText("It looks like an export of flagd.").waitFor();
    await page.getByText("two attributes are compared with each other").waitFor();
    await page.getByRole("checkbox", { name: /search-limit/ }).press("Space");
    await page.getByRole("button", { name: "Apply 4 changes" }).press("Enter");
    await page.getByText("Imported as version 1.").waitFor();

    await page.getByLabel("Or paste it").fill(JSON.stringify(banner("Spring has come")));
    await page.getByRole("button", { name: "Show what would change" }).press("Enter");
    await page.getByText("1 would change").waitFor();
    expect(await page.getByText("Spring has come").count()).toBe(1);
    await page.getByRole("button", { name: "Apply 1 change" }).press("Enter");
    await page.getByText("Imported as version 2.").waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("hands flags out as a file that can be imported again without a difference", async () => {
    const { page } = await member(ada, "/transfer");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Download" }).press("Enter");
    const path = await (await saved).path();
    await page.getByLabel("File to import").setInputFiles(path);
    await page.getByLabel("Format", { exact: true }).first().selectOption("beq");
    await page.getByText("Nothing would change").waitFor();
    expect(await page.getByRole("button", { name: /^Apply/ }).count()).toBe(0);
    await page.context().close();
  });

  it("lets a second person approve what the first one asked for, and nobody their own", async () => {
    const { page } = await member(ada, "/settings/approval");
    await page.getByRole("checkbox").press("Space");
    await page.getByText("From now on a change takes two people.").waitFor();
    await page.goto(`${stack.url}/transfer`);
    await page.getByLabel("Or paste it").fill(JSON.stringify(banner("Summer is here")));
    await page.getByRole("button", { name: "Show what would change" }).press("Enter");
    await page.getByRole("button", { name: "Apply 1 change" }).press("Enter");
    await page.getByText("Somebody else has to approve what you asked for.").waitFor();
    expect(await page.getByRole("button", { name: "Approve" }).count()).toBe(0);

    const second = await member(ben, "/review");
    await second.page.getByRole("link", { name: /Review.*1 waiting/ }).waitFor();
    await second.page.getByText("Summer is here").waitFor();
    await second.page.getByLabel("Comment").focus();
    await type(second.page, "It is warm enough");
    await second.page.getByText("Applied as version 3.").waitFor();
    await second.page.getByText("Nothing waits").waitFor();
    await second.page.getByText("Earlier ones").press("Enter");
    await second.page.getByText("It is warm enough").waitFor();
    expect(second.complaints).toEqual([]);

    await page.goto(`${stack.url}/settings/approval`);
    await page.getByRole("checkbox").press("Space");
    await page.getByText("From now on a change applies at once.").waitFor();
    await second.page.context().close();
    await page.context().close();
  });

  it("keeps what was typed when the session ends, and goes on with it", async () => {
    const { page } = await member(ada, "/transfer");
    await page.getByLabel("Or paste it").fill(JSON.stringify(banner("Autumn")));
    await page.context().clearCookies();
    await page.getByRole("button", { name: "Show what would change" }).press("Enter");
    await page.getByRole("dialog", { name: "Your session has ended" }).waitFor();
    expect(await barriers(page)).toEqual([]);
    await page.keyboard.type(ada.password);
    await page.keyboard.press("Enter");
    await page.getByText("Signed in again.").waitFor();
    await page.getByText("1 would change").waitFor();
    expect(await page.getByText("What you pasted").count()).toBe(1);
    await page.context().close();
  });

  it("asks for an account before anything else where it is not in open mode, and for the code in the log", async () => {
    await using closed = await startStack({ PUBLIC_URL: "http://127.0.0.1" });
    const { page } = await visit(browser, closed.url, look);
    await page.getByRole("heading", { name: "Create the first account" }).waitFor();
    await type(page, "not the code", ada.name, ada.email, ada.password);
    await page.getByText("The set-up code is missing or wrong: it is in the log of the API.").waitFor();
    expect(await page.getByRole("link", { name: "Planner" }).count()).toBe(0);
    await page.context().close();
  });

  it("tells a receiver of changes and shows what came of it", async () => {
    const { page } = await member(ada, "/settings/webhooks");
    await letters(page, "n");
    await page.getByRole("dialog", { name: "Add a webhook" }).waitFor();
    // Nobody listens there: the delivery waits and says why.
    await type(page, "Audit", "http://127.0.0.1:9/hook");
    expect(await page.locator("[data-once]").innerText()).toMatch(/^whsec_/);
    await page.getByRole("button", { name: "I have it" }).press("Enter");
    await page.getByRole("button", { name: "Send a test" }).press("Enter");
    await page.getByRole("list", { name: "Deliveries to Audit" }).getByText(/Test/).waitFor();
    await page.context().close();
  });

  it.each(looks)("has no barrier at $width px, $scheme", async (look) => {
    const { page, complaints } = await member(ada, "/settings", look);
    for (const path of ["/settings", ...pages]) {
      await page.goto(`${stack.url}${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.getByLabel("Loading").waitFor({ state: "detached" });
      await page.screenshot({
        path: join(shots, `${path.slice(1).replace("/", "-")}-${look.width}-${look.scheme}.png`),
      });
      expect({ path, barriers: await barriers(page) }).toEqual({ path, barriers: [] });
      expect({ path, fits: await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth) }).toEqual({
        path,
        fits: true,
      });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  const pages = [
    "/settings/members",
    "/settings/keys",
    "/settings/webhooks",
    "/settings/approval",
    "/review",
    "/transfer",
  ];

  const signedIn = new Map<string, Cookie[]>();

  /** A page of a member, who has signed in before or does so now. */
  async function member(who: typeof ada, path: string, at: Look = look) {
    const cookies = signedIn.get(who.email) ?? (await cookiesOf(who));
    signedIn.set(who.email, cookies);
    const visitor = await visit(browser, "about:blank", at);
    await visitor.page.context().addCookies(cookies);
    await visitor.page.goto(stack.url + path);
    await visitor.page.getByRole("heading", { level: 1 }).waitFor();
    return visitor;
  }

  async function cookiesOf({ name, email, password }: typeof ada): Promise<Cookie[]> {
    const { page } = await visit(browser, `${stack.url}/settings`, look);
    await page.getByRole("heading", { name: "Sign in" }).waitFor();
    await type(page, email, password);
    await page.getByRole("button", { name: `Account of ${name}` }).waitFor();
    const cookies = await page.context().cookies();
    await page.context().close();
    return cookies;
  }

  async function statusWith(key: string): Promise<number> {
    const headers = { authorization: `Bearer ${key}` };
    return (await fetch(`${stack.url}/api/v1/features/status?user_id=user-1`, { headers })).status;
  }
});

/** Presses single letters, which are shortcuts. */
async function letters(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** Types into one field after the other, from where the focus is, and sends. */
async function type(page: Page, ...texts: string[]): Promise<void> {
  for (const [index, text] of texts.entries()) {
    if (index > 0) await page.keyboard.press("Tab");
    await page.keyboard.type(text);
  }
  await page.keyboard.press("Enter");
}

/** Runs an action by the palette. */
async function act(page: Page, name: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Actions" }).waitFor();
  await page.keyboard.type(name);
  await page.keyboard.press("Enter");
}

/** A flagd document of one flag that the fixture has too, with another text. */
function banner(spring: string) {
  return {
    flags: {
      banner: {
        state: "ENABLED",
        variants: { spring, plain: "Welcome" },
        defaultVariant: "plain",
        targeting: { if: [{ in: [{ var: "country" }, ["FR", "DE"]] }, "spring", null] },
      },
    },
  };
}
