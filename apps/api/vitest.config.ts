import { defineConfig } from "vitest/config";
import { patience } from "../../scripts/patience.ts";

export default defineConfig({
  test: {
    name: "api",
    include: ["{src,test}/**/*.test.ts"],
    globalSetup: "test/template.ts",
    // No module keeps anything to itself: files that share one process load the API once.
    isolate: false,
    ...patience,
  },
});
