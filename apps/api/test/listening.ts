export type Heard = { event: string; data: string; id: string | undefined };

/** A stream of events as a client reads it, without a browser's habit of coming back. */
export async function listen(url: string, headers: Record<string, string> = {}) {
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal, headers: { accept: "text/event-stream", ...headers } });
  const heard: Heard[] = [];
  const retries: number[] = [];
  let wake = () => {};
  let isOver = false;
  const reading = read(response, (block) => {
    const retry = fieldOf(block, "retry");
    if (retry !== undefined) retries.push(Number(retry));
    const data = fieldOf(block, "data");
    const event = fieldOf(block, "event") ?? "message";
    // A sign of life, which comes at its own times.
    if (data !== undefined && event !== "ping") heard.push({ event, data, id: fieldOf(block, "id") });
    wake();
  })
    .catch((error: unknown) => {
      if (!leaving.signal.aborted && !isCut(error)) throw error;
    })
    .finally(() => {
      isOver = true;
      wake();
    });

  return {
    status: response.status,
    headers: response.headers,
    retries,
    /** The next event; undefined when the stream has ended without one. */
    async next(): Promise<Heard | undefined> {
      while (heard.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
      return heard.shift();
    },
    /** Resolves when the server has ended the stream. */
    ended: reading,
    [Symbol.dispose]: () => leaving.abort(),
  };
}

async function read({ body }: Response, onBlock: (block: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body ?? []) {
    const blocks = (rest + decoder.decode(chunk, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) onBlock(block);
  }
}

function fieldOf(block: string, name: string): string | undefined {
  return new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1];
}

function isCut(error: unknown): boolean {
  return error instanceof TypeError && error.message === "terminated";
}
