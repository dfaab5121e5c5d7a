import type { TextFile } from "./files/read.ts";

const names = ["tasks.json", "meetings.ics"];

/** A small week to try, read as if it had been dropped here. Its times are without zone, so they are the reader's. */
export async function fetchSample(get: (url: string) => Promise<Response>): Promise<TextFile[]> {
  return Promise.all(
    names.map(async (name) => ({ name: `sample-${name}`, text: await (await get(`/sample/${name}`)).text() })),
  );
}
