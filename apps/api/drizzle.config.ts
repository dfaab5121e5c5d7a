import { defineConfig } from "drizzle-kit";

export default defineConfig({
  dialect: "postgresql",
  schema: ["./src/store/schema.ts", "./src/store/people.ts", "./src/store/managed.ts"],
  out: "./migrations",
});
