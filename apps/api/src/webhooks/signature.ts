import { createHmac } from "node:crypto";

const prefix = "whsec_";

/** The bytes of a secret, at least 24 of them from a good source of chance, as receivers' libraries read it. */
export function secretOf(bytes: Uint8Array): string {
  return prefix + Buffer.from(bytes).toString("base64");
}

/**
 * The headers that prove a message, as Standard Webhooks 1.0 says: HMAC-SHA256 of `id.timestamp.body`.
 * @param seconds since 1970, of this attempt: receivers refuse what is some minutes old
 */
export function signed(secret: string, id: string, seconds: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.slice(prefix.length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` };
}
