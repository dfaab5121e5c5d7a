import { parseFlagSet, problemLine } from "../parse.ts";
import { re2 } from "../pattern.ts";
import { exportFlagd } from "./export.ts";
import { importers } from "./formats.ts";
import { excluded, isUnreadable, reportText, type Report } from "./report.ts";

/** What the command does to the world. */
export interface World {
  /** Rejects with an Error that says why, as `fs.readFile` does. */
  read(file: string): Promise<string>;
  write(file: string, text: string): Promise<void>;
  /** To the person: the report, and what is wrong. */
  print(text: string): void;
}

/** 0: every answer stays the same. 3: done, but some flags were left out or can answer differently. */
export type ExitCode = 0 | 1 | 2 | 3;

const FORMATS = [...importers.keys()].join(", ");

const usage = `Usage:
  beq flags import <format> <file> --out <file>   reads another system's export into a flag set
  beq flags export flagd <file> --out <file>      writes a flag set as a flagd document

Formats: ${FORMATS}

Exit codes: 0 every answer stays the same, 3 done but some flags were left out or can answer
differently (the report names them), 1 the file could not be read or written, 2 wrong usage.
`;

/** Runs `beq` with the words that follow its name. */
export async function run(words: readonly string[], world: World): Promise<ExitCode> {
  const asked = parseWords(words);
  if ("wrong" in asked) {
    world.print(asked.wrong === "" ? usage : `beq: ${asked.wrong}\n\n${usage}`);
    return asked.wrong === "" ? 0 : 2;
  }

  try {
    const document: unknown = parseJson(await world.read(asked.file), asked.file);
    const { made, report } = asked.convert(document);
    world.print(reportText(report, asked.verb));
    if (made === undefined) return 1;
    await world.write(asked.out, `${JSON.stringify(made, null, 2)}\n`);
    world.print(`Written to ${asked.out}\n`);
    return excluded(report).size === 0 ? 0 : 3;
  } catch (error) {
    world.print(`beq: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

interface Conversion {
  /** Undefined where the document could not be read at all. */
  readonly made: unknown;
  readonly report: Report;
}

type Asked =
  | { readonly wrong: string }
  | {
      readonly verb: "imported" | "exported";
      readonly file: string;
      readonly out: string;
      convert(document: unknown): Conversion;
    };

function parseWords(words: readonly string[]): Asked {
  if (words.length === 0 || words.includes("--help") || words.includes("-h")) return { wrong: "" };

  const at = words.indexOf("--out");
  const out = at === -1 ? undefined : words[at + 1];
  const [area, verb, format, file, extra] = at === -1 ? words : words.toSpliced(at, 2);
  if (area !== "flags") return { wrong: `there is no command '${area ?? ""}'` };
  if (verb !== "import" && verb !== "export") return { wrong: `there is no command 'flags ${verb ?? ""}'` };
  if (format === undefined) return { wrong: "the format is missing" };

  const convert = verb === "import" ? importing(format) : format === "flagd" ? exporting : undefined;
  if (!convert) return { wrong: `cannot ${verb} '${format}'; ${verb === "import" ? FORMATS : "flagd"} can be` };
  if (file === undefined) return { wrong: `the file to ${verb} is missing` };
  if (extra !== undefined) return { wrong: `'${extra}' is one word too many` };
  if (out === undefined) return { wrong: "--out <file> is missing: where to write" };
  return { verb: `${verb}ed`, file, out, convert };
}

function importing(format: string): ((document: unknown) => Conversion) | undefined {
  const read = importers.get(format);
  if (!read) return undefined;
  return (document) => {
    const { flagSet, report } = read(document);
    return { made: isUnreadable(report) ? undefined : flagSet, report };
  };
}

function exporting(document: unknown): Conversion {
  const parsed = parseFlagSet(document, re2);
  if (!parsed.ok) throw new Error(["this is no flag set:", ...parsed.problems.map(problemLine)].join("\n  "));
  const { document: made, report } = exportFlagd(parsed.flagSet);
  return { made, report };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
