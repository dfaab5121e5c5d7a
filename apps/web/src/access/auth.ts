/** Why signing in, or something else about one's own account, did not succeed. */
export type AuthRefusal =
  | { kind: "wrong"; message: string }
  | { kind: "ended" }
  | { kind: "limited"; seconds: number | null }
  | { kind: "unreachable" };

export type AuthOutcome<T> = { ok: true; value: T } | { ok: false; refusal: AuthRefusal };

/** One place where a person is signed in. */
export type OwnSession = { id: string; token: string; createdAt: string; expiresAt: string; userAgent: string | null };

type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const base = "/api/auth";

/**
 * The account's side of the server: who signs in and out, and where. The session itself is a cookie that no script
 * can read.
 */
export function createAuth(fetch: Fetch) {
  const call = <T>(path: string, body?: object) => answered<T>(() => fetch(base + path, requestOf(body)));
  return {
    signIn: (email: string, password: string) => call<unknown>("/sign-in/email", { email, password }),
    signOut: () => call<unknown>("/sign-out", {}),
    sessions: () => call<OwnSession[]>("/list-sessions"),
    current: () => call<{ session: { token: string } } | null>("/get-session"),
    endSession: (token: string) => call<unknown>("/revoke-session", { token }),
    endOthers: () => call<unknown>("/revoke-other-sessions", {}),
    changePassword: (currentPassword: string, newPassword: string) =>
      call<unknown>("/change-password", { currentPassword, newPassword, revokeOtherSessions: true }),
  };
}
export type Auth = ReturnType<typeof createAuth>;

/** What happened and what to do, for the person who tried. */
export function authWords(refusal: AuthRefusal): string {
  switch (refusal.kind) {
    case "wrong":
      return refusal.message;
    case "ended":
      return "Your session has ended. Sign in again; what you typed is kept.";
    case "limited":
      return `Too many attempts. Try again ${refusal.seconds === null ? "in a minute" : `in ${refusal.seconds} s`}.`;
    case "unreachable":
      return "BeQ's server does not answer. Nothing was sent twice; try again.";
  }
}

function requestOf(body: object | undefined): RequestInit {
  if (body === undefined) return { credentials: "same-origin" };
  return {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

async function answered<T>(send: () => Promise<Response>): Promise<AuthOutcome<T>> {
  try {
    const response = await send();
    const body: unknown = await response.json().catch(() => null);
    // The answer's shape is the account library's own.
    return response.ok ? { ok: true, value: body as T } : { ok: false, refusal: refusalOf(response, body) };
  } catch {
    return { ok: false, refusal: { kind: "unreachable" } };
  }
}

function refusalOf({ status, headers }: Response, body: unknown): AuthRefusal {
  const code = member(body, "code");
  if (status === 429) return { kind: "limited", seconds: secondsOf(headers) };
  if (code === "INVALID_EMAIL_OR_PASSWORD") return { kind: "wrong", message: "This e-mail and password do not match." };
  if (status === 401) return { kind: "ended" };
  if (status >= 500) return { kind: "unreachable" };

  return {
    kind: "wrong",
    message: sentences.get(String(code)) ?? member(body, "message") ?? "The server refused this.",
  };
}

const sentences = new Map([
  ["INVALID_EMAIL", "This is no e-mail address."],
  ["INVALID_PASSWORD", "The current password is not right."],
  ["PASSWORD_TOO_SHORT", "The new password is too short."],
  ["PASSWORD_TOO_LONG", "The new password is too long."],
  ["BANNED_USER", "This account may not sign in any more."],
]);

function secondsOf(headers: Headers): number | null {
  const seconds = Number(headers.get("retry-after") ?? headers.get("x-retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : null;
}

function member(body: unknown, name: string): string | undefined {
  const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : undefined;
}
