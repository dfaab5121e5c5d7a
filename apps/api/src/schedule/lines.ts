const longest = 32 * 1024 * 1024;

/**
 * The lines of a UTF-8 stream as they come, without their ends.
 * @throws {Error} when one line passes 32 MiB
 */
export async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    const parts = decoder.decode(chunk, { stream: true }).split("\n");
    parts[0] = rest + (parts[0] ?? "");
    rest = parts.pop() ?? "";
    if (rest.length > longest) throw new Error("a line is too long");
    yield* parts.filter((part) => part !== "");
  }
  if (rest !== "") yield rest;
}
