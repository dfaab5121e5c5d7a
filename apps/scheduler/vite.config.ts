import { defineConfig } from "vite";

// A server program: the workspace's own code is inlined, packages stay what npm installed.
export default defineConfig({
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    sourcemap: true,
    rolldownOptions: {
      input: { main: "src/main.ts", worker: "src/worker.ts", proving: "src/proving.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js" },
    },
  },
  ssr: { noExternal: [/^@beq\//] },
});
