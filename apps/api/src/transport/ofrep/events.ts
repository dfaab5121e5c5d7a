import type { Room } from "../room.ts";
import type { Revisions } from "./revision.ts";

/** The readers of OFREP's event stream: they are told that something changed, and ask again. */
export function createEventRoom(revisions: Pick<Revisions, "current">): Room {
  return {
    ping: ": ping\n\n",
    acknowledges: false,
    news: () => {
      const { etag, lastModified } = revisions.current();
      const data = JSON.stringify({ type: "refetchEvaluation", etag, lastModified });
      return `id: ${etag}\nevent: message\ndata: ${data}\n\n`;
    },
    frame: (news) => news,
  };
}

/**
 * What a client is sent that has just come. One that was told of this very revision has missed nothing. Any other asks
 * again: between its last answer and now there may have been a change.
 */
export function greeting(news: string, lastEventId: string | undefined): string {
  return lastEventId !== undefined && news.startsWith(`id: ${lastEventId}\n`) ? ": nothing new\n\n" : news;
}
