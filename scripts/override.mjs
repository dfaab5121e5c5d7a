// Signs an override, so that a tester sees a variant in a real deployment:
//   OVERRIDE_SECRET=… npm run override -- --user ann --variants schedule_optimization=on,ai_chat=off --hours 8
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs, parseEnv } from "node:util";
import { register } from "tsx/esm/api";
import { root } from "./install.mjs";

// The packages are TypeScript source: tsx lets Node read it, and is given back when it is done.
const release = register();
const { createOverrides, overrideCookie, overrideHeader } = await import("@beq/flags/override");

try {
  const { variants, hours, userId } = asked(process.argv.slice(2));
  const overrides = createOverrides({ secrets: secrets(), now: Date.now });
  const token = await overrides.sign({ variants, userId, expiresAt: Date.now() + hours * 3_600_000 });
  process.stdout.write(`${token}

As a header   ${overrideHeader}: ${token}
As a cookie   ${overrideCookie}=${token}; Path=/; Max-Age=${Math.round(hours * 3600)}; HttpOnly; SameSite=Lax
For           ${userId === undefined ? "whoever carries it" : `the user ${userId} only`}, ${hours} hours
`);
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
await release();

/** What the words of the command ask for. */
function asked(words) {
  const options = { user: { type: "string" }, variants: { type: "string" }, hours: { type: "string", default: "8" } };
  const { values } = parseArgs({ args: words, options });
  const pairs = (values.variants ?? "").split(",").map((pair) => pair.trim().split("="));
  if (pairs.some((pair) => pair.length !== 2 || pair.includes("")))
    throw new Error("--variants names each flag with its variant: --variants schedule_optimization=on,ai_chat=off");

  const hours = Number(values.hours);
  if (!(hours > 0)) throw new Error("--hours is a number above 0");
  return { variants: Object.fromEntries(pairs), hours, userId: values.user || undefined };
}

/** Those of the process, else of `.env`, as the API reads them. */
function secrets() {
  const file = join(root, ".env");
  const given = { ...(existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...process.env };
  if (!given.OVERRIDE_SECRET) throw new Error("OVERRIDE_SECRET is not set: the deployment's own, from its environment");
  return given.OVERRIDE_SECRET.split(",").map((secret) => secret.trim());
}
