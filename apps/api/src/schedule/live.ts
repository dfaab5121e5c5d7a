/**
 * A computation that reports as it goes, as a stream: its reports, then its answer. Only the newest report waits
 * for a slow reader.
 * @param run starts the computation; `signal` is aborted when the reader leaves
 */
export async function* live<Report, Answer>(
  run: (report: (value: Report) => void, signal: AbortSignal) => Promise<Answer>,
  outer: AbortSignal | undefined,
): AsyncGenerator<Report | { type: "answer"; answer: Answer }> {
  const left = new AbortController();
  const signal = outer ? AbortSignal.any([outer, left.signal]) : left.signal;
  let newest: Report | undefined;
  let wake = () => {};
  const work = run((report) => {
    newest = report;
    wake();
  }, signal);
  const settled = work.then(
    () => true,
    () => true,
  );

  try {
    for (;;) {
      const over = await Promise.race([settled, new Promise<boolean>((resolve) => (wake = () => resolve(false)))]);
      const report = newest;
      newest = undefined;
      if (report !== undefined) yield report;
      if (over) break;
    }
    yield { type: "answer", answer: await work };
  } finally {
    left.abort();
  }
}
