import { Failure } from "../failure.ts";
import { roleIn } from "./actor.ts";
import type { Auth } from "./auth.ts";
import type { Verification } from "./verified.ts";

/** Asks the library for the session of a `name=value` cookie. It is prolonged by the page itself, at its own door. */
export async function verifySession(auth: Auth, cookie: string): Promise<Verification | undefined> {
  const found = await auth.api
    .getSession({ headers: new Headers({ cookie }), query: { disableRefresh: true } })
    .catch((cause: unknown) => {
      throw new Failure("unavailable", "The database is not reachable", { retryAfterSeconds: 5, cause });
    });
  if (!found) return undefined;

  const { id, name, email, role } = found.user;
  return {
    actor: { kind: "member", id, name, email, role: roleIn(role), session: found.session.id, local: false },
    // The library made the time by this clock.
    remainingMilliseconds: found.session.expiresAt.getTime() - Date.now(),
  };
}
