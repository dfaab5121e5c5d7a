import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createOverrides } from "@beq/flags/override";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const secret = "the secret of this one deployment.";
const former = "the secret that was there before it";

it("signs what it is asked for with the first secret, and shows how to carry it", async () => {
  const before = Date.now();
  const words = ["--user", "ann", "--variants", "schedule_optimization=on,ai_chat=off", "--hours", "2"];
  const { code, printed } = await override(`${secret},${former}`, words);
  expect(code).toBe(0);

  const [token = "", ...rest] = printed.split("\n");
  const verified = await createOverrides({ secrets: [secret], now: Date.now }).verify(token, "ann");
  expect(verified).toMatchObject({
    ok: true,
    override: { variants: { schedule_optimization: "on", ai_chat: "off" }, userId: "ann" },
  });
  expect(verified.ok && verified.override.expiresAt - before).toBeGreaterThanOrEqual(7_200_000);
  expect(rest.join("\n")).toContain(`As a header   x-flag-override: ${token}\n`);
  expect(rest.join("\n")).toContain(`As a cookie   beq_flag_override=${token}; Path=/; Max-Age=7200; HttpOnly`);
  expect(rest.join("\n")).toContain("the user ann only");
});

it("does what the guide says it does", async () => {
  const guide = await readFile(join(root, "docs/guides/features.md"), "utf8");
  const [, words = ""] = /^npm run override -- (.*)$/m.exec(guide) ?? [];
  const { code, printed } = await override(secret, words.split(" "));
  expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining("the user ann only, 8 hours") });
});

it.each([
  ["an empty environment", "", ["--variants", "ai_chat=on"], "OVERRIDE_SECRET is not set"],
  ["a secret that could be guessed", "short", ["--variants", "ai_chat=on"], "at least 32 characters"],
  ["no variant", secret, ["--user", "ann"], "--variants names each flag"],
  ["half a variant", secret, ["--variants", "ai_chat"], "--variants names each flag"],
  ["no time", secret, ["--variants", "ai_chat=on", "--hours", "0"], "--hours is a number above 0"],
  ["too long a time", secret, ["--variants", "ai_chat=on", "--hours", "721"], "up to 30 days"],
  ["an unknown option", secret, ["--variant", "ai_chat=on"], "Unknown option '--variant'"],
])("refuses %s in one line", async (_what, given, words, line) => {
  const { code, printed, errors } = await override(given, words);
  expect({ code, printed }).toEqual({ code: 1, printed: "" });
  expect(errors).toContain(line);
  expect(errors.trim().split("\n")).toHaveLength(1);
});

/** How the command ends under a secret. */
async function override(given: string, words: string[]) {
  const env = { PATH: process.env["PATH"], OVERRIDE_SECRET: given };
  const run = promisify(execFile)(process.execPath, [join(root, "scripts/override.mjs"), ...words], { env });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, printed: stdout, errors: stderr }),
    ({ code, stdout, stderr }: { code: number; stdout: string; stderr: string }) => ({
      code,
      printed: stdout,
      errors: stderr,
    }),
  );
}
