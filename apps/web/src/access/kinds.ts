export type KeyKind = "client" | "server" | "admin";

/** What each kind of key is for, in a sentence. */
export const keyKinds = {
  client: {
    title: "Client",
    sentence: "For browsers and apps: it may be seen by anybody and reads evaluated flags only, never rules.",
  },
  server: {
    title: "Server",
    sentence:
      "For your back end: it acts for any user and reads definitions to evaluate them in process; keep it secret.",
  },
  admin: {
    title: "Admin",
    sentence: "For scripts that manage flags through the API as an administrator does; keep it secret.",
  },
} as const satisfies Record<KeyKind, { title: string; sentence: string }>;

export const lifetimes = [
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "1 year" },
  { days: null, label: "No end" },
] as const;

/** Requests a second that each kind may ask of one server process unless its creator says otherwise. */
export const usualRates = { client: 200, server: 2_000, admin: 20 } as const satisfies Record<KeyKind, number>;
