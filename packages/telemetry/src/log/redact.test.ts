import { describe, expect, it } from "vitest";

import { type Fields, redactInto } from "./redact.ts";

describe("the fields of a line", () => {
  it.each([
    "authorization",
    "Authorization",
    "set-cookie",
    "password",
    "newPassword",
    "access_token",
    "csrfToken",
    "apiKey",
    "api_key",
    "x-api-key",
    "client_secret",
    "SERVER_KEY",
    "sessionId",
  ])("show no %s, however deep it lies", (key) => {
    const fields = { [key]: "hidden", a: [{ b: new Map([[key, { c: "hidden" }]]) }] };
    expect(JSON.stringify(redact(fields))).not.toContain("hidden");
  });

  it.each(["title", "taskTitle", "description", "message", "content", "body", "input", "prompt", "email", "full_name"])(
    "say that there was a %s, not what it was",
    (key) => {
      expect(redact({ task: { [key]: "Call Dr. Weber" } })).toEqual({ task: { [key]: "[text]" } });
    },
  );

  it.each([
    ["Bearer abc.def-1", "[redacted]"],
    ["postgres://beq:hunter2@db:5432/beq", "postgres://[redacted]@db:5432/beq"],
    ["got eyJhbGciOi.eyJzdWIi.c2ln back", "got [redacted] back"],
  ])("show no credential inside of a text: %s", (reason, shown) => {
    expect(redact({ reason })).toEqual({ reason: shown });
  });

  it("keep what is neither", () => {
    const fields = { port: 8000, ok: true, path: "/api/v1/schedule/generate", zone: null, body: 20_000_000 };
    expect(redact(fields)).toEqual(fields);
  });

  it("are plain JSON, whatever they were", () => {
    const cycle: Record<string, unknown> = { size: 10n ** 20n };
    cycle["self"] = cycle;
    const odd = {
      cycle,
      bytes: Buffer.from("secret"),
      at: new Date(0),
      never: new Date(Number.NaN),
      set: new Set([1]),
      url: new URL("https://me:pw@host/a?token=1"),
      half: Number.NaN,
      gone: undefined,
      call: () => 1,
    };
    expect(redact(odd)).toEqual({
      cycle: { size: "100000000000000000000", self: "[circular]" },
      bytes: "[6 bytes]",
      at: "1970-01-01T00:00:00.000Z",
      never: "Invalid Date",
      set: [1],
      url: "https://host/a",
      half: "NaN",
    });
  });

  it("tell an error with its code and cause", () => {
    const error = Object.assign(new Error("refused", { cause: new TypeError("no route") }), { code: "ECONNREFUSED" });
    const told = { name: "Error", message: "refused", code: "ECONNREFUSED", cause: { message: "no route" } };
    expect(redact({ error })).toMatchObject({ error: told });
  });

  it("survive objects that throw when they are read", () => {
    const hostile = new Proxy({}, { ownKeys: refuse });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(redact({ hostile, revoked: revoked.proxy })).toEqual({ hostile: "[unreadable]", revoked: "[unreadable]" });
    expect(redact(hostile)).toEqual({ log_error: "fields could not be read" });
  });

  it("are bounded in number and depth", () => {
    const wide = Array.from({ length: 100_000 }, (_, index) => index);
    let deep: unknown = 1;
    for (let level = 0; level < 1000; level += 1) deep = { deep };
    const many = Object.fromEntries(wide.map((index) => [`field_${index}`, index]));
    for (const fields of [{ wide }, { deep }, { many }, many]) {
      expect(JSON.stringify(redact(fields)).length).toBeLessThan(10_000);
    }
  });
});

function refuse(): never {
  throw new Error("unreadable");
}

function redact(fields: Fields): Record<string, unknown> {
  const line = {};
  redactInto(line, fields);
  return line;
}
