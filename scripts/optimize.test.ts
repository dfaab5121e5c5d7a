import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const root = new URL("..", import.meta.url);
const run = promisify(execFile);

type Row = { id: string; cost: number; optimum: number | null; bound: number | null; proof: string; cpu_ms: number };
type Report = { instances: Row[]; summary: Record<string, unknown> };

/** Three jobs: durations, weights, dues. The best order costs 5: the second, the first, the third. */
const jobs = "3 2 4\n1 5 1\n6 2 4\n";
const released = "# three jobs\n3\n3 0 6 0 1\n2 0 2 0 5\n4 1 4 0 1\n";
const week = {
  id: "small",
  days: 1,
  slots_per_day: 6,
  best: 11,
  tasks: [
    { id: "a", duration_slots: 2, start_cost: [0, 1, 2, 3, 4, null], unscheduled_penalty: 50 },
    { id: "b", duration_slots: 3, start_cost: [0, 5, 9, 20, null, null], unscheduled_penalty: 60, dependencies: ["a"] },
    { id: "c", duration_slots: 2, start_cost: [1, 1, 1, 1, 1, null], unscheduled_penalty: 2 },
  ],
};

describe("npm run bench:optimize", { timeout: 60_000 }, () => {
  it.each([
    { set: "wt", name: "wt3.txt", content: jobs, optimum: 5 },
    { set: "rjwt", name: "three.dat", content: released, optimum: 5 },
    { set: "weeks", name: "week.json", content: JSON.stringify(week), optimum: 11 },
  ])("finds and proves the best plan of a file of the set $set", async ({ set, name, content, optimum }) => {
    const folder = await mkdtemp(join(tmpdir(), "beq-optimize-"));
    const file = join(folder, name);
    await writeFile(file, content);
    const { instances, summary } = await bench(
      "--set",
      set,
      "--file",
      file,
      "--budget-ms",
      "1000",
      "--prove",
      "--json",
    );

    expect(instances).toHaveLength(1);
    expect(instances[0]).toMatchObject({ cost: optimum, bound: optimum, proof: "optimal", cpu_ms: expect.any(Number) });
    expect(summary).toMatchObject({ set, count: 1, proven_optimal: 1, bounds_above_optimum: 0 });
  });

  it("says what is wrong with a file", async () => {
    const failed = await bench("--set", "weeks", "--file", "nowhere.json").catch((error: { stderr: string }) => error);
    expect(failed).toMatchObject({ stderr: expect.stringContaining("nowhere.json: there is no such file") });
  });
});

async function bench(...args: string[]): Promise<Report> {
  const program = ["--import", "tsx", "bench/optimize/run.mjs", ...args];
  const { stdout } = await run(process.execPath, program, { cwd: root });
  return JSON.parse(stdout) as Report;
}
