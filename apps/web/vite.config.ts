import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react(), tailwindcss()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  server: { host: "127.0.0.1", proxy: { "/trpc": api, "/api": api, "/health": api, "/docs": api } },
  // Small files as data: URLs would break `default-src 'self'`.
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The contract's schemas are pure: who needs only its time functions does not load the validator with them.
    rolldownOptions: { treeshake: { moduleSideEffects: [{ test: /scheduler\/src\/contract\//, sideEffects: false }] } },
  },
});
