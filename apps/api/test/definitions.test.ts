import { compile, parseFlagSet } from "@beq/flags";
import { re2 } from "@beq/flags/pattern";
import { afterAll, beforeAll, expect, it } from "vitest";
import { flag, save } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

const path = "/api/v1/flags/definitions";

let api: Api;
beforeAll(async () => {
  api = await serve();
  await save(
    api.deps,
    { beta: flag({ rules: [{ id: "staff", when: { segment: "staff" }, serve: { variant: "on" } }] }) },
    { staff: { ids: ["ann", "bob"] } },
  );
});
afterAll(() => api[Symbol.asyncDispose]());

it("are the whole set, from which a server answers as this one does", async () => {
  const { status, headers, body } = await api.get(path, await api.key("server"));
  expect(status).toBe(200);
  expect(headers.get("cache-control")).toBe("private, no-cache");
  const parsed = parseFlagSet(body, re2);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const theirs = compile(parsed.flagSet, { patterns: re2 });
  for (const targetingKey of ["ann", "eve"]) {
    for (const key of theirs.keys)
      expect(theirs.peek(key, { targetingKey })).toEqual(api.deps.services.flags.peek(key, { targetingKey }));
  }
});

it("are not sent again under the tag they have, which changes with them", async () => {
  const server = await api.key("server");
  const etag = (await api.get(path, server)).headers.get("etag") ?? "";
  expect(await api.get(path, { ...server, "if-none-match": etag })).toMatchObject({ status: 304, body: "" });
  expect(await api.get(`${path}/`, { ...server, "if-none-match": etag.replace("W/", "") })).toMatchObject({
    status: 304,
  });
  await save(api.deps, { other: flag() });
  expect(await api.get(path, { ...server, "if-none-match": etag })).toMatchObject({ status: 200 });
});

it("are compressed for whoever takes that, and only then", async () => {
  const server = await api.key("server");
  const plain = await fetch(api.url + path, { headers: { ...server, "accept-encoding": "identity" } });
  expect(plain.headers.get("content-encoding")).toBeNull();
  const packed = await fetch(api.url + path, { headers: { ...server, "accept-encoding": "gzip" } });
  expect(packed.headers.get("content-encoding")).toBe("gzip");
  expect(packed.headers.get("etag")).toBe(plain.headers.get("etag"));
  expect(await packed.text()).toBe(await plain.text());
});

it("are shown to nobody but server and admin keys", async () => {
  const statusOf = async (headers: Record<string, string>) => (await api.get(path, headers)).status;
  expect(await statusOf(await api.key("admin"))).toBe(200);
  expect(await statusOf({})).toBe(401);
  expect(await statusOf({ authorization: "Bearer wrong" })).toBe(401);
  expect(await statusOf(await api.key("client"))).toBe(403);
  expect(await statusOf(await api.as("viewer"))).toBe(403);
  const refused = await api.get(path, await api.key("client"));
  expect(refused.body).toEqual({ detail: { error: "These credentials may not read definitions" } });
});
