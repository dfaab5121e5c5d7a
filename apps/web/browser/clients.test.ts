import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
import type { OpenFeature } from "@openfeature/web-sdk";
import type { Browser, Page } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasChromium, launch, visit } from "./chromium.ts";
import { type Stack, startStack } from "./stack.ts";

type Sent = Record<string, string>;
type World = { OpenFeature: typeof OpenFeature; OFREPWebProvider: typeof OFREPWebProvider };

describe.runIf(hasChromium())("clients in Chromium", () => {
  let stack: Stack;
  let browser: Browser;
  let shop: Awaited<ReturnType<typeof serveShop>>;
  let clientKey: string;
  let adminKey: string;
  let change: (over: object) => Promise<number>;

  beforeAll(async () => {
    [stack, browser, shop] = await Promise.all([startStack(), launch(), serveShop()]);
    const keys = await makeKeys(stack.url);
    [clientKey, adminKey] = [keys.client, keys.admin];
    change = changer(stack.url, adminKey);
    await change({});
  });
  afterAll(async () => {
    await browser?.close();
    await shop?.[Symbol.asyncDispose]();
    await stack?.[Symbol.asyncDispose]();
  });

  it("OpenFeature's own reads flags on another site's page with a client key, revalidates them by their tag, and hears of a change as it happens", async () => {
    const { page, complaints } = await visit(browser, shop.url, { width: 1280, scheme: "light" });
    const answers: { status: number; tag: string | undefined }[] = [];
    page.on("response", (response) => {
      if (response.request().method() !== "POST") return;
      answers.push({ status: response.status(), tag: response.request().headers()["if-none-match"] });
    });
    await start(page, stack.url, clientKey);
    expect(await details(page)).toMatchObject({ value: "red", variant: "red", reason: "TARGETING_MATCH" });
    // Whoever begins to listen asks once more: what changed since the first answer would be missed otherwise.
    await expect.poll(() => answers.at(-1)).toMatchObject({ status: 304, tag: expect.stringMatching(/^"/) });

    const changed = page.evaluate(
      () =>
        new Promise((resolve) => {
          const { OpenFeature } = globalThis as unknown as World;
          OpenFeature.addHandler("PROVIDER_CONFIGURATION_CHANGED" as never, (event) => resolve(event?.flagsChanged));
        }),
    );
    await change({ otherwise: { variant: "blue" }, rules: [] });
    expect(await changed).toEqual(["banner"]);
    expect(await details(page)).toMatchObject({ value: "blue", reason: "STATIC" });
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("OpenFeature's own serves the kill switch's value, not the page's own default", async () => {
    await change({ enabled: false });
    const { page } = await visit(browser, shop.url, { width: 1280, scheme: "light" });
    await start(page, stack.url, clientKey);
    expect(await details(page)).toMatchObject({ value: "none", variant: "none", reason: "DISABLED" });

    await change({});
    await expect.poll(() => details(page)).toMatchObject({ value: "red" });
    await page.context().close();
  });

  it("do what the guide says", async () => {
    const guide = readFileSync(new URL("../../../docs/guides/clients.md", import.meta.url), "utf8");
    const example = [...guide.matchAll(/^```ts\n([^]*?)^```$/gm)].at(-1)?.[1] ?? "";
    const code = example.replace("http://127.0.0.1:8000", stack.url).replace("beq_client_…", clientKey);
    const { page } = await visit(browser, shop.url, { width: 1280, scheme: "light" });
    await page.addScriptTag({ type: "module", content: await bundle(code) });
    await expect.poll(() => page.title()).toBe("red");
    await change({ rules: [] });
    await expect.poll(() => page.title()).toBe("blue");
    await change({});
    await page.context().close();
  });

  it("OpenFeature's own is refused for good with a wrong key", async () => {
    const { page } = await visit(browser, shop.url, { width: 1280, scheme: "light" });
    await expect(start(page, stack.url, "beq_client_wrong")).rejects.toThrow(/unauthorized|Initialization failed/i);
    await page.context().close();
  });

  it("BeQ's own page shows a change as it happens, and tells some seconds later when it came", async () => {
    const { page, complaints } = await visit(browser, `${stack.url}/features`, { width: 1280, scheme: "light" });
    await page.getByText("AI chat").first().waitFor();
    const told = page.waitForRequest(/flags\.acknowledge/);
    const chat = changer(stack.url, adminKey, "ai_chat", onOff);
    const version = await chat({ enabled: false });
    await told;
    const headers = { "x-api-key": adminKey };
    const measured = async () =>
      (await fetch(`${stack.url}/api/v1/flags/propagation/${version}`, { headers })).json() as Promise<object>;
    await expect.poll(measured).toMatchObject({ version, written: { n: 1 }, acknowledged: { n: 1 } });
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

/** Sets the provider up on the page as a shop's own code would. */
function start(page: Page, baseUrl: string, key: string): Promise<void> {
  return page.evaluate(
    async ([url, credential]) => {
      const { OpenFeature, OFREPWebProvider } = globalThis as unknown as World;
      const headers: [string, string][] = [["Authorization", `Bearer ${credential}`]];
      const provider = new OFREPWebProvider({ baseUrl: url, headers });
      await OpenFeature.setProviderAndWait(provider, { targetingKey: "ann", country: "FR" });
    },
    [baseUrl, key] as const,
  );
}

function details(page: Page): Promise<object> {
  return page.evaluate(() => {
    const { OpenFeature } = globalThis as unknown as World;
    const { value, variant, reason } = OpenFeature.getClient().getStringDetails("banner", "default");
    return { value, variant, reason };
  });
}

/** Another origin, whose page has OpenFeature and its provider as they come from npm. */
async function serveShop() {
  const script = await bundle(globals);
  const server = createServer((request, response) => {
    const isPage = request.url === "/";
    response.setHeader("Content-Type", isPage ? "text/html" : "text/javascript");
    response.end(
      isPage ? '<!doctype html><link rel="icon" href="data:,"><script type="module" src="/page.js"></script>' : script,
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

const globals = `
  import { OFREPWebProvider } from "@openfeature/ofrep-web-provider";
  import { OpenFeature } from "@openfeature/web-sdk";
  Object.assign(globalThis, { OFREPWebProvider, OpenFeature });`;

/** A program and all that it imports, for a page. */
async function bundle(code: string): Promise<string> {
  const entry = "virtual:shop";
  const built = await build({
    configFile: false,
    root: fileURLToPath(new URL("..", import.meta.url)),
    logLevel: "error",
    plugins: [
      { name: "shop", resolveId: (id) => (id === entry ? id : null), load: (id) => (id === entry ? code : null) },
    ],
    build: { write: false, minify: false, target: "es2022", rolldownOptions: { input: entry } },
  });
  if (!("output" in built)) throw new Error("nothing was built");
  return built.output[0].code;
}

const banner = {
  description: "",
  type: "string",
  enabled: true,
  variants: { none: "none", red: "red", blue: "blue" },
  off: "none",
  requires: [],
  rules: [{ id: "french", when: { attribute: "country", op: "equals", value: "FR" }, serve: { variant: "red" } }],
  otherwise: { variant: "blue" },
  bucketing: { algorithm: "flagd-v2" },
  owner: "",
  tags: [],
  lifetime: "temporary",
  version: 0,
};

const onOff = {
  ...banner,
  type: "boolean",
  variants: { on: true, off: false },
  off: "off",
  rules: [],
  otherwise: { variant: "on" },
};

/** Saves a flag as it is at first, but for what is given; answers with the version. */
function changer(url: string, key: string, name = "banner", first: object = banner): (over: object) => Promise<number> {
  let base = 0;
  return async (over) => {
    const edits = [{ kind: "flag", key: name, base, value: { ...first, ...over } }];
    const response = await fetch(`${url}/api/v1/flags/changes`, posted({ edits, comment: "" }, { "x-api-key": key }));
    expect(response.status).toBe(200);
    base = ((await response.json()) as { version: number }).version;
    return base;
  };
}

async function makeKeys(url: string): Promise<{ client: string; admin: string }> {
  const call = async (procedure: string, input: object, headers: Sent = {}) => {
    const response = await fetch(`${url}/trpc/${procedure}`, posted(input, headers));
    expect(response.status).toBe(200);
    return ((await response.json()) as { result: { data: { key: string } } }).result.data;
  };
  const [email, password] = ["ada@beq.example", "correct horse battery"];
  await call("access.setUp", { name: "Ada", email, password });
  const signedIn = await fetch(`${url}/api/auth/sign-in/email`, posted({ email, password }, { origin: url }));
  const cookie = signedIn.headers.getSetCookie().map((line) => line.split(";")[0]);
  const person = { cookie: cookie.join("; "), origin: url };
  const key = async (kind: string) => (await call("access.createKey", { kind, name: kind }, person)).key;
  return { client: await key("client"), admin: await key("admin") };
}

function posted(body: object, headers: Sent): RequestInit {
  return { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}
