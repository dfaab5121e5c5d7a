import { createHmac, randomBytes } from "node:crypto";
import { sameSecret } from "./actor.ts";
import { cookieIn } from "./headers.ts";

/**
 * Marks of the browsers that people have signed in from. Whoever guesses at an account from elsewhere uses up the
 * guesses of strangers, and does not lock its owner out.
 */
export type Devices = {
  /** The mark among these cookies, where it was made for this account. */
  known(cookie: string | undefined, email: string): string | undefined;
  /** The `Set-Cookie` of a browser that has just signed in to this account. */
  marked(email: string): string;
};

const name = "beq.device";
const yearSeconds = 365 * 24 * 60 * 60;

/** @param secret signs the marks; a mark opens nothing */
export function createDevices({ secret, overTls }: { secret: string; overTls: boolean }): Devices {
  const sealed = (mark: string, email: string) =>
    createHmac("sha256", secret).update(`beq device ${mark} ${email}`).digest("base64url");
  const attributes = `Path=/api/auth; Max-Age=${yearSeconds}; HttpOnly; SameSite=Strict${overTls ? "; Secure" : ""}`;

  return {
    known(cookie, email) {
      const [mark = "", seal = ""] = (cookieIn({ cookie }, name) ?? "").split(".");
      return mark !== "" && sameSecret(seal, sealed(mark, email)) ? mark : undefined;
    },
    marked(email) {
      const mark = randomBytes(12).toString("base64url");
      return `${name}=${mark}.${sealed(mark, email)}; ${attributes}`;
    },
  };
}
