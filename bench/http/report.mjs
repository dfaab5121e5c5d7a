const groups = [
  {
    title: "100 flags for a user",
    rows: ["flags: node:http", "flags: Express", "flags: BeQ", "flags: Unleash"],
    floor: "flags: node:http",
  },
  {
    title: "the five features of a user",
    rows: ["status: node:http", "status: Express", "status: BeQ"],
    floor: "status: node:http",
  },
  {
    title: "over tRPC",
    rows: ["trpc: empty procedure", "trpc: BeQ", "trpc: BeQ, the procedure itself", "trpc: BeQ, an empty procedure"],
    floor: "trpc: empty procedure",
  },
  { title: "the whole set for a server", rows: ["definitions: BeQ"], floor: undefined },
];

/** The goals of the design, each with what was found. */
export function goals(found) {
  const of = (member, one, other) => ratio(found, member, one, other);
  return [
    {
      name: "100 flags, requests a second, × Unleash",
      value: of("rate", "flags: BeQ", "flags: Unleash"),
      must: 4,
      aim: 8,
    },
    { name: "100 flags, CPU, Unleash's × ours", value: of("cpu", "flags: Unleash", "flags: BeQ"), must: 4, aim: 8 },
    { name: "100 flags, CPU, × node:http", value: of("cpu", "flags: BeQ", "flags: node:http"), most: true, aim: 1.6 },
    {
      name: "features.status over tRPC, CPU, × an empty procedure",
      value: of("cpu", "trpc: BeQ", "trpc: empty procedure"),
      most: true,
      must: 1.1,
    },
  ].map((goal) => ({ ...goal, must: reached(goal, goal.must), aim: reached(goal, goal.aim), limits: goal }));
}

function reached({ value, most }, limit) {
  if (limit === undefined) return true;
  return most ? value <= limit : value >= limit;
}

export function report(found) {
  const lines = groups.flatMap(({ title, rows, floor }) => [
    `| ${title} | req/s | p50 ms | p99 ms | bytes | CPU µs a request | × floor |`,
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map((name) => {
      const of = (member) => median(found[name].map((sample) => sample[member]));
      const times = floor ? ratio(found, "cpu", name, floor).toFixed(2) : "";
      const label = name.slice(name.indexOf(":") + 2);
      const shown = label.startsWith("BeQ") ? label.replace("BeQ", "**BeQ**") : label;
      const rate = Math.round(of("rate")).toLocaleString("en");
      return `| ${[shown, rate, of("p50").toFixed(1), of("p99").toFixed(1), of("bytes").toLocaleString("en"), of("cpu").toFixed(1), times].join(" | ")} |`;
    }),
    "",
  ]);
  lines.push("| goal | found | must | aim |", "| --- | ---: | --- | --- |");
  for (const { name, value, must, aim, limits } of goals(found)) {
    const bound = (limit, ok) =>
      limit === undefined ? "–" : `${limits.most ? "≤" : "≥"} ${limit} ${ok ? "yes" : "NO"}`;
    lines.push(`| ${name} | ${value.toFixed(2)} | ${bound(limits.must, must)} | ${bound(limits.aim, aim)} |`);
  }
  return lines.join("\n");
}

/** The median of a ratio taken round by round. */
function ratio(found, member, one, other) {
  return median(found[one].map((sample, round) => sample[member] / found[other][round][member]));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
