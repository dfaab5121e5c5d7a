import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const header = "date,person,estimate_minutes,actual_minutes";
const root = fileURLToPath(new URL("..", import.meta.url));

it("scores the confidence of a log, and better with the person's own history", async () => {
  await using log = await sample();
  const alone = await scores(log.file);
  const known = await scores(log.file, "--history");
  expect(alone).toMatchObject({ log: "log.csv", prior: ["sip", "renzo", "cesaw"], history: false, groups: 1_000 });
  expect(alone.reliability).toHaveLength(10);
  expect(alone.reliability.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  expect(known.brier).toBeLessThan(alone.brier - 0.02);
  expect(known.skill).toBeGreaterThan(0.35);
  expect(known.ece).toBeLessThan(0.08);
  for (const {
    ece_interval: [low, high],
  } of [alone, known])
    expect(low).toBeLessThan(high);
  expect(await scores(log.file, "--history")).toEqual(known);
});

it("makes the prior of other logs than the one it is judged on", async () => {
  await using log = await sample("my-SiP-export.csv");
  const few = ["--groups", "100"];
  expect(await scores(log.file, ...few)).toMatchObject({ prior: ["renzo", "cesaw"] });
  expect(await scores(log.file, ...few, "--without", "cesaw")).toMatchObject({ prior: ["renzo"] });
});

it("prints the table for people", async () => {
  await using log = await sample();
  const { code, printed } = await run("run", "--log", log.file, "--groups", "200");
  expect(code).toBe(0);
  for (const name of ["Brier score:", "Brier skill", "log-loss:", "ECE, 10 bins:", "sharpness", "came true"])
    expect(printed).toContain(name);
});

it("draws the diagram, light and dark", async () => {
  await using log = await sample();
  const out = join(log.folder, "reliability.svg");
  const { code } = await run("diagram", "--log", log.file, "--out", out, "--groups", "200");
  expect(code).toBe(0);
  const picture = await readFile(out, "utf8");
  expect(picture).toContain("prefers-color-scheme:dark");
  expect(picture.match(/class="curve"/g)).toHaveLength(2);
  expect(picture).not.toMatch(/NaN|undefined/);
});

it.each([
  ["no log", [], "--log is missing"],
  ["a log that is not there", ["--log", "nowhere.csv"], "nowhere.csv: there is no such file"],
  ["an option that is not known", ["--log", "a.csv", "--fast"], "--fast"],
  ["too few groups", ["--log", "a.csv", "--groups", "3"], "--groups must be a whole number of at least 100"],
])("refuses %s in a line", async (_, words, said) => {
  expect(await run("run", ...words)).toMatchObject({ code: 1, printed: expect.stringContaining(said) });
});

it.each([
  ["a column is missing", "date,person,estimate_minutes\n2024-01-01,ann,30", "no column actual_minutes"],
  ["a date is none", `${header}\n01.02.24,ann,30,30`, ":2: '01.02.24' is no date"],
  ["a duration is none", `${header}\n2024-01-01,ann,0,30`, ":2: '0' is no duration"],
  ["nobody has two tasks", `${header}\n2024-01-01,ann,30,30`, "nobody has two tasks"],
])("says where a log is wrong when %s", async (_, text, said) => {
  await using log = await folder("log.csv", text);
  expect(await run("run", "--log", log.file)).toMatchObject({ code: 1, printed: expect.stringContaining(said) });
});

type Scores = {
  brier: number;
  skill: number;
  ece: number;
  ece_interval: [number, number];
  reliability: { count: number }[];
};

async function scores(file: string, ...words: string[]): Promise<Scores> {
  const { printed } = await run("run", "--log", file, "--groups", "1000", "--json", ...words);
  return JSON.parse(printed) as Scores;
}

async function run(script: string, ...words: string[]): Promise<{ code: number; printed: string }> {
  const args = ["--import", "tsx", join("bench/confidence", `${script}.mjs`), ...words];
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    return { code: 0, printed: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, printed: stderr };
  }
}

/** An invented log, as the benchmark's own script makes it. */
async function sample(name = "log.csv") {
  const { printed } = await run("sample", "1500");
  return folder(name, printed);
}

async function folder(name: string, text: string) {
  const path = await mkdtemp(join(tmpdir(), "beq-confidence-"));
  const file = join(path, name);
  await writeFile(file, text);
  return { folder: path, file, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}
