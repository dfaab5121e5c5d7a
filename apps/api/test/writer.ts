import { ann, createReplica } from "./replica.ts";
import { flag } from "./saving.ts";

// A process that saves one change after the other, and says of each that it was acknowledged, until it is killed.
const [databaseUrl = ""] = process.argv.slice(2);
const { manager } = await createReplica({ databaseUrl, dataDirectory: "unused" }, { now: Date.now() });
for (let count = 0; ; count += 1) {
  const base = manager.stored().versions.flag["killed"] ?? 0;
  const change = {
    edits: [{ kind: "flag" as const, key: "killed", base, value: flag({ owner: String(count) }) }],
    comment: "",
  };
  const { version } = await manager.save(change, { author: ann, origin: "api" });
  process.stdout.write(`${version}\n`);
}
