import { defineConfig } from "vitest/config";

// A busy machine is no failure: nothing here asserts a time.
export default defineConfig({ test: { name: "telemetry", testTimeout: 60_000, hookTimeout: 60_000 } });
