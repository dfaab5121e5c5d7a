type Summary = { n: number; p50_ms: number | null; p99_ms: number | null };
type Spread = { applied_ms: number; written: Summary; acknowledged: Summary };

/** How fast a change was everywhere: `Reached 40 clients in 12 ms, 99 % of them within 31 ms.` */
export function spreadInWords({ applied_ms, written, acknowledged }: Spread): string {
  if (written.n === 0) return `In force here within ${milliseconds(applied_ms)}; no connected client had to be told.`;
  const clients = `${written.n.toLocaleString("en")} ${written.n === 1 ? "client" : "clients"}`;
  const most = written.n > 1 ? `, 99 % within ${milliseconds(written.p99_ms)}` : "";
  const had =
    acknowledged.n > 0
      ? ` ${acknowledged.n === 1 ? "One" : acknowledged.n} said when they had it: ${milliseconds(acknowledged.p50_ms)}${acknowledged.n > 1 ? `, 99 % within ${milliseconds(acknowledged.p99_ms)}` : ""}.`
      : "";
  return `Sent to ${clients} in ${milliseconds(written.p50_ms)}${most}.${had}`;
}

function milliseconds(value: number | null): string {
  if (value === null) return "no time";
  if (value >= 1_000) return `${Number((value / 1_000).toFixed(1))} s`;
  return value < 1 ? "under 1 ms" : `${Math.round(value)} ms`;
}
