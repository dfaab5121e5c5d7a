import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { patience } from "../../scripts/patience.ts";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  test: { name: "web", include: ["src/**/*.test.ts"], isolate: false, ...patience },
});
