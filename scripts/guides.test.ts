import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseFlagSet } from "../packages/flags/src/index.ts";
import { freePort } from "./port.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const guide = (name: string) => readFileSync(join(root, `docs/guides/${name}.md`), "utf8");

describe("the guide to a first flag", () => {
  const text = guide("first-flag");
  const server = block(text, "ts");
  const runs = [...text.matchAll(/^```sh\n(.*)\n```\n\n```text\n([^]*?)^```$/gm)].map(
    ([, line = "", printed = ""]) => ({ line, printed }),
  );
  let house: Awaited<ReturnType<typeof openHouse>>;
  beforeAll(async () => {
    house = await openHouse();
    await house.write("first-flag.ts", server);
    await house.write("app.tsx", block(text, "tsx"));
  });
  afterAll(() => house.remove());

  it("runs its program switched off, for one user, and for a share", () => {
    expect(runs.map(({ line }) => line.match(/(?<=_REVIEW_)[A-Z]+/g))).toEqual([
      null,
      ["ENABLED", "USERS"],
      ["ENABLED", "USERS", "ROLLOUT"],
    ]);
  });

  it.each(runs)("prints what the guide says: $line", async ({ line, printed }) => {
    expect(await house.run(line)).toEqual({ code: 0, printed });
  });

  it("has programs whose types hold, and in which a misspelt flag does not compile", async () => {
    expect(await house.check(["first-flag.ts", "app.tsx"])).toBe("");
    await house.write("misspelt.ts", server.replace('isEnabled("weekly_review"', 'isEnabled("weekly_revue"'));
    await house.write("misspelt.tsx", block(text, "tsx").replace('useFlag("weekly_review"', 'useFlag("weekly_revue"'));
    expect((await house.check(["misspelt.ts", "misspelt.tsx"])).match(/^misspelt\.\w+/gm)).toEqual([
      "misspelt.ts",
      "misspelt.tsx",
    ]);
  });

  it("renders for each user what the guide says", async () => {
    await house.write(
      "statuses.ts",
      `${server}\nconsole.log(JSON.stringify(["ann", "bob"].map(statusesOf)));${statusesOf}`,
    );
    await house.write("render.tsx", render);
    const { printed } = await house.run(runs[1]?.line.replace("first-flag.ts", "statuses.ts") ?? "");
    const [ann, bob]: unknown[] = JSON.parse(printed.trim().split("\n").at(-1) ?? "");
    const { rendered } = (await import(house.path("render.tsx"))) as { rendered(known: unknown): string };
    expect(`${rendered(ann)}\n`).toBe(block(text, "html"));
    expect(rendered(bob)).toBe("");
  });
});

describe("the guides to moving in", () => {
  let house: Awaited<ReturnType<typeof openHouse>>;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.remove());

  it.each([
    { from: "flagd", keys: ["new-checkout", "banner", "search-limit", "wine"], says: "same-country: two attributes" },
    { from: "flagsmith", keys: ["new_checkout", "banner"], says: "even: the remainder of a division" },
    { from: "growthbook", keys: ["new-checkout", "banner", "search-limit"], says: "big-basket: the operator '$size'" },
    { from: "launchdarkly", keys: ["new-checkout", "banner"], says: "spenders: the members of a big segment" },
    { from: "unleash", keys: ["new-checkout", "banner", "host-trial"], says: "host-trial: depends on the name" },
  ])(
    "give a command that imports an export of $from and an engine that answers its flags",
    async ({ from, keys, says }) => {
      const line = `npx beq flags import ${from} export.json --out flags.json`;
      expect(commands(from)).toContain(line);

      await copyFile(join(root, `packages/flags/fixtures/${from}.json`), house.path("export.json"));
      const { code, printed } = await house.run(line);
      expect(code).toBe(3);
      expect(printed.toLowerCase()).toContain(`${from}: ${keys.length} flags and 1 segment imported\n`);
      expect(printed).toContain(says);

      const parsed = parseFlagSet(await house.json("flags.json"));
      expect(parsed.ok && Object.keys(parsed.flagSet.flags)).toEqual(keys);

      await house.write("evaluate.ts", `${block(guide(`moving-from-${from}`), "ts")}${evaluate}`);
      const answers = await house.run("node --import tsx evaluate.ts");
      expect(answers).toEqual({ code: 0, printed: `${keys.map((key) => `${key} true`).join("\n")}\n` });
    },
  );

  it("give a command that writes flagd's document again", async () => {
    const [import_ = "", export_ = "", ...others] = commands("flagd");
    expect(others).toEqual([]);
    await copyFile(join(root, "packages/flags/fixtures/flagd.json"), house.path("export.json"));
    await house.run(import_);
    const { code, printed } = await house.run(export_);
    expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining("4 flags and 1 segment") });

    const [before, after] = [await house.json("export.json"), await house.json("flagd.json")];
    expect(after).toMatchObject({ flags: { banner: { variants: before.flags["banner"]?.["variants"] } } });
    expect(Object.keys(before.flags).filter((key) => !(key in after.flags))).toEqual(["same-country"]);
  });
});

describe("the guide to rolling a feature out", () => {
  const text = guide("rollout");
  let house: Awaited<ReturnType<typeof openHouse>>;
  let api: Awaited<ReturnType<typeof openApi>>;
  beforeAll(async () => {
    house = await openHouse();
    api = await openApi();
    await house.write("rollout.mjs", block(text, "js"));
  });
  afterAll(async () => {
    await api.stop();
    await house.remove();
  });

  it("has commands that print and do what it says, one after the other", async () => {
    const [exported, ...steps] = [...text.matchAll(/^```sh\n([^]*?)^```$(?:\n\n^```text\n([^]*?)^```$)?/gm)];
    expect(exported?.[1]).toMatch(/^export BEQ=\S+ ADMIN_KEY=\S+\n$/);

    const seen: boolean[] = [];
    for (const [, lines = "", printed = expect.any(String)] of steps) {
      expect(await house.run(`set -e\n${lines}`, api.variables)).toEqual({ code: 0, printed });
      seen.push(await api.isOn("calendar_sync", "local"));
    }
    expect(seen).toEqual([false, false, true, true, true, false, true, false]);
    expect(await api.get("flags/calendar_sync")).toMatchObject({ layer: "code", row: { planned: 1 } });
    expect(await api.get("flags/history?kind=flag")).toMatchObject({
      items: [
        { origin: "api", comment: "Back to the code" },
        { origin: "undo", comment: "It was not us", undoes: 4 },
        { origin: "api", comment: "The calendar service is down" },
        { origin: "api", comment: "No complaints" },
        { origin: "api", comment: "Us, and one in a hundred" },
      ],
    });
  });

  it("calls everything by the words on the page", () => {
    const folder = join(root, "apps/web/src");
    const sources = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.tsx?$/.test(path));
    const page = sources
      .map((path) => readFileSync(join(folder, path), "utf8"))
      .join("\n")
      .replace("${below}", "code");
    const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, words = ""]) => words.replace(/\s+/g, " "));
    const words = bold.filter((one) => !one.endsWith("."));
    expect(words.length).toBeGreaterThan(25);
    expect(words.filter((one) => !page.includes(one))).toEqual([]);
  });
});

/** Added to the guide's server: what its endpoint would send. */
const statusesOf = `
function statusesOf(targetingKey: string) {
  return flags.statuses({ targetingKey });
}
`;

/** Added to the guide's engine: whether each flag answers. */
const evaluate = `
const ann = { targetingKey: "ann", country: "FR", email: "ann@shop.example", appVersion: "2.0.0", age: "21" };
for (const key of Object.keys(parsed.flagSet.flags)) console.log(key, flags.resolve(key, ann).reason !== "ERROR");
`;

/** The guide's page with the states that came along. */
const render = `
import { renderToStaticMarkup } from "react-dom/server";
import { App } from "./app.tsx";
export const rendered = (known) => renderToStaticMarkup(<App known={known} />);
`;

/** The first block of a language. */
function block(text: string, language: string): string {
  const [, code] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(text) ?? [];
  if (code === undefined) throw new Error(`the guide has no ${language}`);
  return code;
}

function commands(from: string): string[] {
  return guide(`moving-from-${from}`)
    .split("\n")
    .filter((line) => line.startsWith("npx beq "));
}

/** A folder within the checkout, so that its packages and commands are found as by a reader. */
async function openHouse() {
  const folder = await mkdtemp(join(root, "scripts/.guide-"));
  const path = (name: string) => join(folder, name);
  const run = async (line: string, variables: Readonly<Record<string, string>> = {}) => {
    const env = { ...process.env, ...variables };
    const answer = promisify(execFile)("bash", ["-c", line], { cwd: folder, env });
    const { code = 0, stdout }: { code?: number; stdout: string } = await answer.catch((error) => error);
    return { code, printed: stdout };
  };
  return {
    path,
    run,
    write: (name: string, text: string) => writeFile(path(name), text),
    json: async (name: string): Promise<{ flags: Record<string, Record<string, unknown>> }> =>
      JSON.parse(await readFile(path(name), "utf8")),
    /** What the compiler has against some files. */
    check: async (files: string[]) => {
      const compilerOptions = { lib: ["ES2023", "DOM"], jsx: "react-jsx" };
      const config = { extends: "../../tsconfig.base.json", compilerOptions, files };
      await writeFile(path("tsconfig.json"), JSON.stringify(config));
      return (await run("npx tsc -p . --pretty false")).printed;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** The API on a free port in open mode, its first account made, and a key of it. */
async function openApi() {
  const data = await mkdtemp(join(tmpdir(), "beq-guide-"));
  const url = `http://127.0.0.1:${await freePort()}`;
  const child = spawn(process.execPath, [join(root, "apps/api/dist/main.js")], {
    env: { PATH: process.env["PATH"], PORT: new URL(url).port, DATA_DIR: data, LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const exit = once(child, "exit");
  const ask = async (path: string, headers: Record<string, string>, body?: object) => {
    const method = body ? "POST" : "GET";
    const init = { method, headers: { "content-type": "application/json", ...headers } };
    return fetch(url + path, body ? { ...init, body: JSON.stringify(body) } : init);
  };
  while (
    !(await ask("/health/ready", {}).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    if (child.exitCode !== null) throw new Error(`the API ended with code ${child.exitCode}`);
    else await new Promise((resolve) => setTimeout(resolve, 100));

  const ada = { name: "Ada", email: "ada@example.com", password: "correct horse battery" };
  await ask("/trpc/access.setUp", {}, ada);
  const session = await ask("/api/auth/sign-in/email", { origin: url }, ada);
  const cookie = session.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const made = await ask("/api/v1/access/keys", { origin: url, cookie }, { kind: "admin", name: "Guide" });
  const { key } = (await made.json()) as { key: string };
  const admin = { authorization: `Bearer ${key}` };
  return {
    variables: { BEQ: url, ADMIN_KEY: key },
    async get(path: string) {
      const answer = await ask(`/api/v1/${path}`, admin);
      return (await answer.json()) as Record<string, unknown>;
    },
    /** Looked up, not asked as a user would: whoever asks counts in the previews of the guide. */
    async isOn(flag: string, targetingKey: string) {
      const answer = await ask("/api/v1/flags/trace", admin, { key: flag, context: { targetingKey } });
      return ((await answer.json()) as { resolution: { value: unknown } }).resolution.value === true;
    },
    async stop() {
      child.kill("SIGTERM");
      await exit;
      await rm(data, { recursive: true, force: true });
    },
  };
}
