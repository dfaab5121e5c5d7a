/** The goals of the design, each with what was found. */
export function goals({ same, other, many }) {
  return [
    goal("1,000 clients, p50", same.p50, { aim: 25 }),
    goal("1,000 clients, p99", same.p99, { must: 150, aim: 50 }),
    goal("1,000 clients of another process, p50", other.p50, { aim: 60 }),
    goal("1,000 clients of another process, p99", other.p99, { must: 300 }),
    goal("memory of a client", many.kibAfter, { must: 54, aim: 35, unit: "KiB" }),
    goal("10,000 clients, events lost", many.lost, { must: 0, unit: "" }),
  ];
}

function goal(name, value, { must = Infinity, aim = must, unit = "ms" }) {
  return { name, value, wanted: { must, aim }, unit, must: value <= must, aim: value <= aim };
}

export function report(found) {
  const rows = [
    ["floor: node:http, one text for all", found.floor],
    ["**BeQ**, embedded database", found.same],
    ["**BeQ**, PostgreSQL", found.postgres],
    ["**BeQ**, saved in another process, PostgreSQL", found.other],
    ["floor: node:http, one text for all", found.manyFloor],
    ["**BeQ**, PostgreSQL", found.many],
  ];
  const lines = [
    "| from the start of the save | clients | p50 ms | p99 ms | last client ms | CPU ms | KiB a client | KiB after the changes | lost |",
    "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ...rows.map(([name, row]) => {
      const { clients, p50, p99, last, cpu, kib, kibAfter, lost } = row;
      return `| ${[name, clients.toLocaleString("en"), tenth(p50), tenth(p99), tenth(last), tenth(cpu), tenth(kib), tenth(kibAfter), lost].join(" | ")} |`;
    }),
    "",
    "| goal | found | must | aim |",
    "| --- | ---: | --- | --- |",
    ...goals(found).map(({ name, value, wanted, unit, must, aim }) => {
      const bound = (limit, ok) => (limit === Infinity ? "–" : `≤ ${limit} ${ok ? "yes" : "NO"}`);
      return `| ${name} | ${tenth(value)} ${unit} | ${bound(wanted.must, must)} | ${bound(wanted.aim, aim)} |`;
    }),
  ];
  return lines.join("\n");
}

function tenth(value) {
  return Number.isNaN(value) ? "" : value.toFixed(1);
}
