import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";

const [begin, end] = ["<!-- results -->", "<!-- end of results -->"];

/** Puts a run's tables, and what the machine was and did, into a README between its two marks. */
export function publish(readme, tables) {
  const text = readFileSync(readme, "utf8");
  const [before, after] = [text.slice(0, text.indexOf(begin)), text.slice(text.indexOf(end))];
  const load = loadavg()[0].toFixed(1);
  const machine = `${cpus().length} cores of ${cpus()[0].model.trim()}, Node ${process.version}, load average ${load} at the end.`;
  writeFileSync(readme, `${before}${begin}\n\n${tables}\n\n${machine}\n\n${after}`);
}
