import { defineConfig } from "vitest/config";
import { patience } from "../../scripts/patience.ts";

export default defineConfig({
  test: {
    name: "api",
    include: ["{src,test}/**/*.test.ts"],
    globalSetup: "test/template.ts",
    ...patience,
  },
});
