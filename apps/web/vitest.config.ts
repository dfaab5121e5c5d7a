import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The browser tests start the whole product; on a busy machine that takes a while.
export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  test: { name: "web", include: ["{src,browser}/**/*.test.ts"], testTimeout: 120_000, hookTimeout: 120_000 },
});
