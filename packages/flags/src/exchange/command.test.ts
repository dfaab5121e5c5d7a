import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseFlagSet } from "../parse.ts";
import { run } from "./command.ts";

const flag = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "off" };
const attributes = { if: [{ "==": [{ var: "a" }, { var: "b" }] }, "on"] };

describe("beq flags import", () => {
  it("writes a set that parses, and says what was carried over", async () => {
    const world = worldWith({ "flagd.json": JSON.stringify({ flags: { planner: flag } }) });
    expect(await run(["flags", "import", "flagd", "flagd.json", "--out", "flags.json"], world)).toBe(0);
    expect(parseFlagSet(JSON.parse(world.files.get("flags.json") ?? "")).ok).toBe(true);
    expect(world.printed()).toContain("flagd: 1 flag and 0 segments imported");
    expect(world.printed()).toContain("every answer stays the same");
  });

  it("exits with 3 and names the flag and its path where one was left out", async () => {
    const broken = { flags: { planner: flag, "my flag": { ...flag, targeting: attributes } } };
    const world = worldWith({ "flagd.json": JSON.stringify(broken) });
    expect(await run(["flags", "import", "flagd", "--out", "flags.json", "flagd.json"], world)).toBe(3);
    expect(world.printed()).toContain(`$.flags["my flag"].targeting.if[0]`);
    expect(Object.keys(JSON.parse(world.files.get("flags.json") ?? "").flags)).toEqual(["planner"]);
  });

  it.each([
    ["a file that does not exist", ["flags", "import", "flagd", "none.json", "--out", "x"], 1, "none.json"],
    ["a file that is no JSON", ["flags", "import", "flagd", "text", "--out", "x"], 1, "text is no JSON"],
    ["a document of another kind", ["flags", "import", "unleash", "list.json", "--out", "x"], 1, "Not carried over"],
    ["an unknown format", ["flags", "import", "excel", "list.json", "--out", "x"], 2, "cannot import 'excel'"],
    ["no place to write", ["flags", "import", "flagd", "list.json"], 2, "--out <file> is missing"],
    ["a set with problems", ["flags", "export", "flagd", "list.json", "--out", "x"], 1, "this is no flag set"],
    ["an unknown command", ["flag"], 2, "there is no command 'flag'"],
  ])("refuses %s, says why and writes nothing", async (_, words, code, said) => {
    const world = worldWith({ "list.json": "[]", text: "flags: on" });
    expect(await run(words, world)).toBe(code);
    expect(world.printed()).toContain(said);
    expect(world.files.has("x")).toBe(false);
  });

  it("runs as a command of plain Node", async () => {
    await using folder = await workFolder();
    const [from, to] = [folder.file("flagd.json"), folder.file("flags.json")];
    await writeFile(from, `\uFEFF${JSON.stringify({ flags: { planner: flag } })}`);
    const { code, out } = await beq("flags", "import", "flagd", from, "--out", to);
    expect([code, out]).toEqual([0, expect.stringContaining(`Written to ${to}`)]);
    expect(JSON.parse(await readFile(to, "utf8")).flags.planner.enabled).toBe(true);
  });

  it("says in one line what is wrong with a file, and leaves no other", async () => {
    await using folder = await workFolder();
    const [latin, to] = [folder.file("latin1.json"), folder.file("flags.json")];
    await writeFile(latin, Buffer.from('{"flags":{"ü":{}}}', "latin1"));
    const said = async (file: string) => {
      const { code, out } = await beq("flags", "import", "flagd", file, "--out", to);
      expect([code, out.trim().split("\n").length]).toEqual([1, 1]);
      return out;
    };
    expect(await said(latin)).toContain("latin1.json is not text in UTF-8");
    expect(await said(folder.file("none.json"))).toContain("ENOENT");
    expect(await said(folder.file("."))).toContain("EISDIR");
    await expect(readFile(to)).rejects.toThrow("ENOENT");
  });
});

/** Runs the command as a process of its own. */
async function beq(...words: string[]): Promise<{ code: number; out: string }> {
  const bin = fileURLToPath(new URL("../../bin/beq.mjs", import.meta.url));
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...words], (_, out) => resolve({ code: child.exitCode ?? -1, out }));
  });
}

async function workFolder() {
  const folder = await mkdtemp(join(tmpdir(), "beq-"));
  return {
    file: (name: string) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}

function worldWith(content: Record<string, string>) {
  const files = new Map(Object.entries(content));
  const printed: string[] = [];
  return {
    files,
    printed: () => printed.join(""),
    read: async (file: string) => {
      const text = files.get(file);
      if (text === undefined) throw new Error(`there is no file ${file}`);
      return text;
    },
    write: async (file: string, text: string) => void files.set(file, text),
    print: (text: string) => void printed.push(text),
  };
}
