import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

/** The programs that some tests need, any one of several, and where Debian has them. */
const tools = [
  { names: ["chromium-headless-shell", "chromium"], package: "chromium-headless-shell", tests: "browser tests" },
  { names: ["promtool"], package: "prometheus", tests: "the lint of /metrics" },
  { names: ["initdb"], package: "postgresql", tests: "storage on a real PostgreSQL" },
];

/** The tools that are not on this machine. */
export function missingTools() {
  return tools.filter(({ names }) => !names.flatMap(places).some((place) => existsSync(place)));
}

function places(name) {
  const directories = (process.env.PATH ?? "").split(delimiter);
  const postgres = ["15", "16", "17", "18"].map((major) => `/usr/lib/postgresql/${major}/bin`);
  return [...directories, ...postgres].map((directory) => join(directory, name));
}
