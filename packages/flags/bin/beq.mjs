#!/usr/bin/env node
// The packages are TypeScript source: tsx lets Node read it, and is given back when it is done.
import { readFile, writeFile } from "node:fs/promises";
import { register } from "tsx/esm/api";

const release = register();
const { run } = await import("../src/exchange/command.ts");

process.exitCode = await run(process.argv.slice(2), {
  read: (file) => readFile(file, "utf8"),
  write: (file, text) => writeFile(file, text),
  print: (text) => void process.stdout.write(text),
});
await release();
