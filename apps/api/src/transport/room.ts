import type { Actor } from "../access/actor.ts";

/** What the readers of one kind of stream are told. */
export type Room = {
  /** Keeps a silent connection alive. */
  readonly ping: string;
  /** Whether a reader can tell when it had the news. */
  readonly acknowledges: boolean;
  /** The news for whoever asks about this user; a reader is not told the same text twice. */
  news(about: string | null): string;
  /** The news as the events that a reader is sent; `ack` names them for the reader to acknowledge. */
  frame(news: string, about: string | null, ack?: string): string;
};

/** One round of news, watched. */
export type Round = {
  /** Called when a reader's news have been handed to its socket, or could not be. */
  wrote: (error?: Error | null) => void;
  /** The name under which one reader, of about `readers`, is to acknowledge; undefined for the others. */
  ack: (readers: number) => string | undefined;
};

/** What a stream was opened with. */
export type Credential = {
  kind: Actor["kind"];
  /** The id of the key or the person. */
  id: string | undefined;
};

export type Reader = {
  room: Room;
  about: string | null;
  credential: Credential;
  /** The last news that it was told. */
  told: string;
};

export function credentialOf(actor: Actor): Credential {
  return { kind: actor.kind, id: "id" in actor ? actor.id : undefined };
}
