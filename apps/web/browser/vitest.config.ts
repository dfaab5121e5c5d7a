import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { patience } from "../../../scripts/patience.ts";

const beside = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  test: { name: "browser", globalSetup: [beside("build.ts"), beside("../../api/test/template.ts")], ...patience },
});
