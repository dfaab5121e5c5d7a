import { createHash, timingSafeEqual } from "node:crypto";

/** Whether an Authorization header carries `token`; takes equally long however much of a guess is right. */
export function holds(authorization: string | undefined, token: string): boolean {
  const [scheme = "", given = ""] = (authorization ?? "").split(" ");
  return scheme.toLowerCase() === "bearer" && timingSafeEqual(digest(given), digest(token));
}

// Digests have one length, so that not even the length of the token can be measured.
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
