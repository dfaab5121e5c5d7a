import type { EvaluationContext, FeatureKey, features, Flags, Resolution, Status } from "@beq/flags";
import { silence } from "../trpc.ts";
import type { Room } from "./room.ts";

type Asked = Pick<Flags<typeof features>, "peek" | "status" | "version">;

/** The answers of `features.status`, made as text. */
export type FeatureTexts = {
  /** The member `features` of the answer about a user; the same text for everybody for whom all features stand alike. */
  features(userId: string | null): string;
  /** The whole answer, byte for byte what the procedure's is. */
  status(userId: string | null): string;
};

/** Keeps the text of each way in which the features stand, for as long as their definitions do. */
export function createFeatureTexts(keys: readonly FeatureKey[], flags: Asked): FeatureTexts {
  const kept = new Map<number, string>();
  // The engine's answers are shared objects: what one means is found out once.
  const meanings = new WeakMap<Resolution, boolean>();
  let version = 0;

  const isOn = (key: FeatureKey, context: EvaluationContext): boolean => {
    const resolution = flags.peek(key, context);
    const known = meanings.get(resolution);
    if (known !== undefined) return known;
    const meaning = flags.status(key, context)?.enabled ?? false;
    meanings.set(resolution, meaning);
    return meaning;
  };
  const textOf = (userId: string | null): string => {
    if (version !== flags.version) {
      kept.clear();
      version = flags.version;
    }
    const context = userId ? { targetingKey: userId } : {};
    // The rest of a status is the definition's, and the same for everybody.
    const way = keys.reduce((bits, key) => bits * 2 + (isOn(key, context) ? 1 : 0), 0);
    const known = kept.get(way);
    if (known !== undefined) return known;
    const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, shown(flags.status(key, context))])));
    kept.set(way, text);
    return text;
  };
  return {
    features: textOf,
    status: (userId) => answer(textOf(userId), userId),
  };
}

function answer(text: string, userId: string | null): string {
  return `{"features":${text},"user_id":${JSON.stringify(userId)}}`;
}

function shown(status: Status | undefined) {
  return status && { enabled: status.enabled, user_specific: status.user_specific, description: status.description };
}

/** The readers of `features.onChange`, in the format of tRPC's subscriptions. */
export function createFeatureRoom(flags: Pick<Asked, "version">, texts: FeatureTexts): Room {
  return {
    ping: "event: ping\ndata: \n\n",
    acknowledges: true,
    news: texts.features,
    frame: (news, about, ack) => {
      const data = answer(news, about);
      const told = ack === undefined ? data : `${data.slice(0, -1)},"ack":${JSON.stringify(ack)}}`;
      return `data: ${told}\nid: ${flags.version}\n\n`;
    },
  };
}

const client = { reconnectAfterInactivityMs: silence.reconnectMilliseconds };

/** What tRPC says to a client that has connected. */
export const connected = `event: connected\ndata: ${JSON.stringify(client)}\n\n`;
