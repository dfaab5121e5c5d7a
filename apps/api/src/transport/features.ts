import type { FeatureKey, features, Flags } from "@beq/flags";
import { silence } from "../trpc.ts";
import type { Room } from "./streams.ts";

type Asked = Pick<Flags<typeof features>, "statuses" | "version">;

/** The answers of `features.status`, made as text. */
export type FeatureTexts = {
  /** The member `features` of the answer about a user; the same text for everybody for whom all features stand alike. */
  features(userId: string | null): string;
  /** The whole answer, byte for byte what the procedure's is. */
  status(userId: string | null): string;
};

/** Keeps the text of each way in which the features stand, for as long as their definitions do. */
export function createFeatureTexts(flags: Asked): FeatureTexts {
  const kept = new Map<string, string>();
  let version = 0;

  const textOf = (userId: string | null): string => {
    if (version !== flags.version) {
      kept.clear();
      version = flags.version;
    }
    const statuses = flags.statuses(userId ? { targetingKey: userId } : {});
    const keys = Object.keys(statuses) as FeatureKey[];
    // The rest of a status is the definition's, and the same for everybody.
    const way = keys.map((key) => (statuses[key].enabled ? "1" : "0")).join("");
    let text = kept.get(way);
    if (text === undefined) {
      text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, shown(statuses[key])])));
      kept.set(way, text);
    }
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

function shown({ enabled, user_specific, description }: ReturnType<Asked["statuses"]>[FeatureKey]) {
  return { enabled, user_specific, description };
}

/** The readers of `features.onChange`, in the format of tRPC's subscriptions. */
export function createFeatureRoom(flags: Pick<Asked, "version">, texts: FeatureTexts): Room {
  return {
    name: "features",
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
