import { readFileSync } from "node:fs";
let s=readFileSync("bench/propagation/run.mjs","utf8");
s=s.replace(/const found = \{[\s\S]*process\.exitCode = 1;\n/, `console.log("floor", await measuredFloor()); console.log("same", await measuredApi(1000, 40)); console.log("other", await measuredOther(1000));`).replace('"../api.mjs"','"./api.mjs"').replace('"./report.mjs"','"./propagation/report.mjs"').replace('new URL(name,','new URL("./propagation/"+name,');
const {writeFileSync}=await import("node:fs"); writeFileSync("bench/.y.mjs",s);
await import("./.y.mjs");
