import { trpc } from "../trpc.ts";
import { spreadInWords } from "./history/spread.ts";

/** What a toast says after a change: that it is saved, and how fast it was in force once that is known. */
export function Saved({ words, version }: { words: string; version: number }) {
  const { data } = trpc.flags.propagation.useQuery(
    { version },
    { refetchInterval: ({ state }) => (state.dataUpdateCount < 4 ? 700 : false) },
  );
  const spread = data ? spreadInWords(data) : null;
  return (
    <>
      {words} {spread && <span className="text-muted">{spread}</span>}
    </>
  );
}
