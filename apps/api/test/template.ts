import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { openStore } from "../src/store/open.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** A directory with an embedded database, migrated and empty. */
    template: string;
  }
}

/** Making a database costs ten times what opening one does: it is made once, and each API of the tests has a copy. */
export async function setup(project: TestProject) {
  const template = await mkdtemp(join(tmpdir(), "beq-template-"));
  const migrations = fileURLToPath(new URL("../migrations", import.meta.url));
  const store = await openStore({ dataDirectory: template, migrations, onError: () => {} });
  await store.close();
  project.provide("template", template);
  return () => rm(template, { recursive: true, force: true });
}

export async function copyOf(template: string) {
  const path = await mkdtemp(join(tmpdir(), "beq-data-"));
  // Synchronously: a thousand small files, each awaited, cost four times the processor.
  cpSync(template, path, { recursive: true });
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
