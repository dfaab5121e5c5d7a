import { defineConfig } from "vitest/config";
import { patience } from "../../scripts/patience.ts";

export default defineConfig({ test: { name: "flags", isolate: false, ...patience } });
