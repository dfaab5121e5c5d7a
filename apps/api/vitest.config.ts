import { defineConfig } from "vitest/config";

// Starting the embedded database takes a second or two, more while the other core builds.
export default defineConfig({
  test: {
    name: "api",
    include: ["{src,test}/**/*.test.ts"],
    globalSetup: "test/template.ts",
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
