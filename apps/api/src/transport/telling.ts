import type { Reader, Round } from "./room.ts";

export type TellingDeps<Seat extends Reader> = {
  seats: ReadonlySet<Seat>;
  send: (seat: Seat, text: string, wrote: Round["wrote"]) => void;
  watch: () => Round;
};

// Between two slices of a round other requests are served.
const slice = 500;

/** Makes the call that tells everybody for whom something changed. What changes during a round leads to one more. */
export function createTelling<Seat extends Reader>({ seats, send, watch }: TellingDeps<Seat>): () => void {
  let isRunning = false;
  let isNeeded = false;

  const tellOne = (seat: Seat, readers: number, { wrote, ack }: Round) => {
    if (!seats.has(seat)) return;
    const { room, about } = seat;
    const news = room.news(about);
    if (news === seat.told) return;
    seat.told = news;
    send(seat, room.frame(news, about, room.acknowledges ? ack(readers) : undefined), wrote);
  };
  const tellFrom = (queue: readonly Seat[], from: number, round: Round) => {
    for (const seat of queue.slice(from, from + slice)) tellOne(seat, queue.length, round);
    if (from + slice < queue.length) return void setImmediate(tellFrom, queue, from + slice, round);
    isRunning = false;
    if (isNeeded) begin();
  };
  const begin = () => {
    isRunning = true;
    isNeeded = false;
    tellFrom([...seats], 0, watch());
  };

  return () => {
    isNeeded = true;
    if (!isRunning) begin();
  };
}
