type Source = { readonly version: number; subscribe(listener: () => void): () => void };

/** The version in force, then each later one that its reader has time for, until `signal` is aborted. */
export async function* versions(source: Source, signal: AbortSignal): AsyncGenerator<number> {
  let wake = () => {};
  const woken = () => wake();
  const unsubscribe = source.subscribe(woken);
  signal.addEventListener("abort", woken, { once: true });
  let sent: number | undefined;
  try {
    while (!signal.aborted) {
      if (sent !== source.version) yield (sent = source.version);
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    unsubscribe();
    signal.removeEventListener("abort", woken);
  }
}
