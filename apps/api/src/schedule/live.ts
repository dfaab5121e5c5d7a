/**
 * A computation that reports as it goes, as a stream: its reports and news, then its answer. Of reports only the newest
 * waits for a slow reader; news are never lost.
 * @param run starts the computation; `signal` is aborted when the reader leaves
 */
export async function* live<Report, News>(
  run: (tell: { report: (value: Report) => void; news: (value: News) => void }, signal: AbortSignal) => Promise<News>,
  outer: AbortSignal | undefined,
): AsyncGenerator<Report | News> {
  const left = new AbortController();
  const signal = outer ? AbortSignal.any([outer, left.signal]) : left.signal;
  let newest: Report | undefined;
  const unread: News[] = [];
  let wake = () => {};
  const report = (value: Report): void => {
    newest = value;
    wake();
  };
  const news = (value: News): void => {
    unread.push(value);
    // What was reported before it is no longer how things stand.
    newest = undefined;
    wake();
  };
  const work = run({ report, news }, signal);
  const settled = work.then(
    () => true,
    () => true,
  );

  try {
    for (;;) {
      const over = await Promise.race([settled, new Promise<boolean>((resolve) => (wake = () => resolve(false)))]);
      const last = newest;
      newest = undefined;
      yield* unread.splice(0);
      if (last !== undefined) yield last;
      if (over) break;
    }
    yield await work;
  } finally {
    left.abort();
  }
}
