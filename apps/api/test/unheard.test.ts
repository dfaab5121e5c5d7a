import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { eq, sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { aliveAmong } from "../src/access/alive.ts";
import { apikey, user } from "../src/store/people.ts";
import { createHeld } from "../src/transport/held.ts";
import { dismissUnheard } from "../src/transport/unheard.ts";
import { listen } from "./listening.ts";
import { noPostgres, startPostgres } from "./postgres.ts";
import { flag, save } from "./saving.ts";
import { type Api, serve } from "./serve.ts";

it.skipIf(noPostgres)("ends the streams of who was taken away while nobody could be told", async () => {
  await using postgres = await startPostgres();
  await using api = await serve({ env: { DATABASE_URL: postgres.url } });
  const { db } = api.deps.store;
  const admin = await api.as("admin");
  const [gone, kept] = [await createKey(api, "client"), await createKey(api, "client")];
  const open = (path: string, headers: Record<string, string>) => listen(`${api.url}${path}`, headers);
  const features = "/trpc/features.onChange?input={}";
  using known = await open("/trpc/flags.onChange", admin);
  using viewer = await open("/trpc/flags.onChange", await api.as("viewer"));
  using revoked = await open(features, { "x-api-key": gone.key });
  using ofrep = await open("/ofrep/v1/sse", { "x-api-key": gone.key });
  using other = await open(features, { "x-api-key": kept.key });
  for (const stream of [known, viewer, revoked, ofrep, other]) await stream.next();

  await db.delete(apikey).where(eq(apikey.id, gone.id));
  await db.delete(user).where(eq(user.email, "viewer@beq.example"));
  await db.execute(sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'beq listener'`);
  await Promise.all([viewer.ended, revoked.ended, ofrep.ended]);

  await save(api.deps, { ai_chat: { ...flag(), enabled: false } });
  for (const [stream, text] of [
    [known, '"ai_chat"'],
    [other, '"ai_chat":{"enabled":false'],
  ] as const)
    await expect.poll(async () => (await stream.next())?.data).toContain(text);
});

it("ends the streams of a key that has expired, at the next look", async () => {
  await using api = await serve();
  const { db } = api.deps.store;
  const { id } = await createKey(api, "admin");
  const held = createHeld(1);
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  held.hold(response, { kind: "admin_key", id, name: "" }, {});
  let look = () => {};
  let looks = 0;
  const stop = dismissUnheard({
    store: api.deps.store,
    streams: [held],
    alive: (ids) => aliveAmong(db, ids).finally(() => (looks += 1)),
    resolve: () => Promise.resolve({ kind: "anonymous" }),
    timer: (_milliseconds, fn) => {
      look = fn;
      return () => {};
    },
  });

  look();
  await expect.poll(() => looks).toBe(1);
  expect(response.destroyed).toBe(false);
  await db
    .update(apikey)
    .set({ expiresAt: sql`now() - interval '1 second'` })
    .where(eq(apikey.id, id));
  look();
  await expect.poll(() => response.destroyed).toBe(true);
  stop();
});

async function createKey(api: Api, kind: string): Promise<{ id: string; key: string }> {
  const asked = { kind, name: "A stream's" };
  const { body } = await api.post("/trpc/access.createKey", asked, await api.as("admin"));
  return (body as { result: { data: { id: string; key: string } } }).result.data;
}
