import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The programs that some tests need, and where Debian has them. */
const tools = [
  { name: "chromium", package: "chromium", tests: "browser tests" },
  { name: "promtool", package: "prometheus", tests: "the lint of /metrics" },
  { name: "initdb", package: "postgresql", tests: "storage on a real PostgreSQL" },
];

/** The tools that are not on this machine. */
export function missingTools() {
  return tools.filter(({ name }) => !places(name).some((place) => existsSync(place)));
}

function places(name) {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const postgres = ["15", "16", "17", "18"].map((major) => `/usr/lib/postgresql/${major}/bin`);
  return [...directories, ...postgres].map((directory) => join(directory, name));
}
