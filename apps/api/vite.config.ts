import { defineConfig } from "vite";

export default defineConfig({
  build: {
    ssr: true,
    target: "node20",
    sourcemap: true,
    rolldownOptions: { input: { main: "src/main.ts" } },
  },
  // Workspace packages are TypeScript sources: they go into the bundle, everything else stays in node_modules.
  ssr: { noExternal: [/^@beq\//] },
});
