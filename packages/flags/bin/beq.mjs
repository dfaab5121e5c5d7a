#!/usr/bin/env node
// The packages are TypeScript source: tsx lets Node read it, and is given back when it is done.
import { readFile, writeFile } from "node:fs/promises";
import { register } from "tsx/esm/api";

const release = register();
const { run } = await import("../src/exchange/command.ts");

process.exitCode = await run(process.argv.slice(2), {
  read: async (file) => text(await readFile(file), file),
  write: (file, text) => writeFile(file, text),
  print: (text) => void process.stdout.write(text),
});
await release();

/** Refuses what is no UTF-8, which would otherwise change ids without a word; a byte order mark is left out. */
function text(bytes, file) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new Error(`${file} is not text in UTF-8, or too long`, { cause: error });
  }
}
