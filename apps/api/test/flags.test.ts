import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Flag } from "@beq/flags";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { createReplica } from "./replica.ts";
import { flag, save as saved } from "./saving.ts";
import { type Api, serve } from "./serve.ts";
import { copyOf } from "./template.ts";

let api: Api;
let editor: Record<string, string>;
let viewer: Record<string, string>;
beforeAll(async () => {
  api = await serve();
  [editor, viewer] = [await api.as("editor"), await api.as("viewer")];
});
afterAll(() => api[Symbol.asyncDispose]());

describe("a change", () => {
  it("is saved with who, when and why, and is in force at once", async () => {
    const saved = await save([{ key: "new_ui", base: 0, value: flag({ owner: "web" }) }], "Let us see");
    expect(saved).toMatchObject({ status: 200, body: { state: "applied", version: expect.any(Number) } });

    expect(await get("/api/v1/flags/new_ui")).toMatchObject({
      flag: { owner: "web", enabled: true },
      version: saved.body.version,
      layer: "stored",
      declared: false,
      layers: { code: null, environment: null, stored: { owner: "web" } },
      row: { summary: "on", changed_by: "Ed editor", version: saved.body.version },
    });
    expect(api.deps.services.flags.peek("new_ui", {})).toMatchObject({ value: true });
    expect(await get("/api/v1/flags/history?key=new_ui")).toMatchObject({
      items: [
        {
          version: saved.body.version,
          comment: "Let us see",
          origin: "ui",
          author: { kind: "member", name: "Ed editor" },
          edits: [{ kind: "flag", key: "new_ui", created: true, removed: false, differences: [] }],
        },
      ],
      next: null,
    });
  });

  it("of an old version is refused with both sides' changes, merged where they do not meet", async () => {
    const first = await save([{ key: "two", base: 0, value: flag() }]);
    const base = first.body.version;
    await save([{ key: "two", base, value: flag({ owner: "ann" }) }]);

    const late = await save([{ key: "two", base, value: flag({ enabled: false }) }]);
    expect(late.status).toBe(409);
    const [conflict = { current: 0, merged: null }] = late.body.detail.conflicts;
    expect(conflict).toMatchObject({
      key: "two",
      base,
      current: base + 1,
      base_value: { owner: "" },
      current_value: { owner: "ann" },
      theirs: [{ kind: "changed", path: ["owner"], before: "", after: "ann" }],
      yours: [{ kind: "changed", path: ["enabled"], before: true, after: false }],
      merged: { owner: "ann", enabled: false },
      conflicts: [],
    });

    const again = await save([{ key: "two", base: conflict.current, value: conflict.merged }]);
    expect(again.status).toBe(200);
    expect(await get("/api/v1/flags/two")).toMatchObject({ flag: { owner: "ann", enabled: false } });
  });

  it("that meets another in one field is not merged", async () => {
    const { body } = await save([{ key: "clash", base: 0, value: flag() }]);
    await save([{ key: "clash", base: body.version, value: flag({ owner: "ann" }) }]);
    const late = await save([{ key: "clash", base: body.version, value: flag({ owner: "bob" }) }]);
    expect(late.body.detail.conflicts).toMatchObject([{ merged: null, conflicts: [["owner"]] }]);
  });

  it("is saved as a whole or not at all", async () => {
    const before = await get("/api/v1/flags");
    const answer = await save([
      { key: "fine", base: 0, value: flag() },
      { key: "broken", base: 0, value: flag({ off: "nowhere" }) },
    ]);
    expect(answer).toMatchObject({
      status: 422,
      body: { detail: [{ type: "value_error", loc: ["body", "edits", 1, "value", "off"] }] },
    });
    expect(await get("/api/v1/flags")).toMatchObject({ version: before.version });
    expect((await api.get("/api/v1/flags/fine", viewer)).status).toBe(404);
  });

  it.each<[string, unknown, (string | number)[]]>([
    ["a ring of requirements", flag({ requires: [{ flag: "ring", variants: ["on"] }] }), ["value"]],
    [
      "an unknown segment",
      flag({ rules: [{ id: "a", when: { segment: "none" }, serve: { variant: "on" } }] }),
      ["value", "rules", 0, "when"],
    ],
    [
      "a pattern that cannot be read",
      flag({ rules: [{ id: "a", when: { attribute: "a", op: "matches", pattern: "(" }, serve: { variant: "on" } }] }),
      ["value", "rules", 0, "when"],
    ],
    [
      "a value of another type",
      flag({ variants: { on: true, off: "no" } as unknown as Flag["variants"] }),
      ["value", "variants", "off"],
    ],
    ["text that cannot be stored", flag({ description: "a\u0000b" }), ["value"]],
    ["half a character", flag({ description: "\ud800" }), ["value"]],
    ["something else", { hello: "world" }, ["value", "type"]],
  ])("to %s is refused at its place", async (_name, value, path) => {
    const { status, body } = await save([{ key: "ring", base: 0, value }]);
    expect(status).toBe(422);
    expect(body.detail[0]?.loc).toEqual(["body", "edits", 0, ...path]);
  });

  it("is refused when it gives a declared flag what the code cannot read", async () => {
    const text = flag({ type: "string", variants: { on: "yes", off: "no" } });
    const { status, body } = await save([{ key: "ai_chat", base: 0, value: text }]);
    expect(status).toBe(422);
    expect(body.detail[0]).toMatchObject({ loc: ["body", "edits", 0, "value", "type"] });
  });

  it("is refused when it takes from others what they need", async () => {
    const { body } = await save([
      { key: "base", base: 0, value: flag() },
      { key: "top", base: 0, value: flag({ requires: [{ flag: "base", variants: ["on"] }] }) },
    ]);
    const removed = await save([{ key: "base", base: body.version, value: null }]);
    expect(removed).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ["body", "edits", 0], msg: expect.stringContaining("flag 'top'") }] },
    });
    const both = await save([
      { key: "base", base: body.version, value: null },
      { key: "top", base: body.version, value: null },
    ]);
    expect(both.status).toBe(200);
  });

  it("beyond what can be saved is refused with the limit named", () => {
    const ids = Array.from({ length: 100_000 }, (_, index) => `${index}`.padStart(200, "a"));
    const edits = [{ kind: "segment" as const, key: "too-long", base: 0, value: { ids } }];
    expect(api.deps.services.manager.check(edits).problems).toEqual([
      { path: ["edits"], message: expect.stringContaining("at most 20000000 characters") },
    ]);
  });
});

describe("a large change", () => {
  const ids = Array.from(
    { length: 100_000 },
    (_, index) => `4f0c6f0e-0000-4000-8000-${String(index).padStart(12, "0")}`,
  );

  it("of 100,000 ids comes in from those who manage flags, by either door", async () => {
    const edits = [{ kind: "segment", key: "crowd", base: 0, value: { ids } }];
    const rest = await post("/api/v1/flags/changes", { edits });
    expect(rest.status).toBe(200);
    const again = [{ kind: "segment", key: "crowd", base: rest.body.version, value: { ids: ids.slice(1) } }];
    expect((await api.post("/trpc/flags.save", { edits: again }, editor)).status).toBe(200);
    expect(await get("/api/v1/flags")).toMatchObject({
      segments: expect.arrayContaining([expect.objectContaining({ name: "crowd", size: 99_999 })]),
    });
  });

  it("is not even read from others", async () => {
    const edits = [{ kind: "segment", key: "crowd", base: 0, value: { ids } }];
    expect((await api.post("/trpc/flags.save", { edits }, await api.key("server"))).status).toBe(403);
    expect((await api.post("/api/v1/flags/changes", { edits }, await api.key("client"))).status).toBe(413);
    // Whoever sits at this machine manages nothing without an account.
    expect((await api.post("/api/v1/flags/changes", { edits })).status).toBe(413);
  });
});

describe("the layers", () => {
  it("say what the code says, what the environment says, what was saved, and which answers", async () => {
    await using other = await serve({ env: { FEATURE_AI_CHAT_ROLLOUT: "25" } });
    const headers = await other.as("editor");
    const view = (key: string) => shown(other, key);
    expect(await view("calendar_sync")).toMatchObject({ layer: "code", version: 0, row: { summary: "off" } });
    expect(await view("ai_chat")).toMatchObject({
      layer: "environment",
      variables: [{ name: "FEATURE_AI_CHAT_ROLLOUT", value: "25" }],
      layers: { code: { otherwise: { variant: "on" } }, stored: null },
      row: { summary: "on for 25 %" },
    });

    const { flag: current } = await view("ai_chat");
    const off = { edits: [{ kind: "flag", key: "ai_chat", base: 0, value: { ...current, enabled: false } }] };
    const { body } = await other.post("/api/v1/flags/changes", off, headers);
    const { version } = body as { version: number };
    expect(await view("ai_chat")).toMatchObject({ layer: "stored", version, flag: { enabled: false } });
    expect(other.deps.services.flags.isEnabled("ai_chat", "u")).toBe(false);

    const back = { edits: [{ kind: "flag", key: "ai_chat", base: version, value: null }], comment: "as it was" };
    await other.post("/api/v1/flags/changes", back, headers);
    expect(await view("ai_chat")).toMatchObject({ layer: "environment", version: 0, row: { summary: "on for 25 %" } });
  });

  it("let an edited environment through where nothing is saved over it", async () => {
    await using directory = await temporary();
    const envFile = join(directory.path, ".env");
    await using other = await serve({ envFile });
    const { flags } = other.deps.services;
    await saved(other.deps, { ai_chat: flag() });
    await writeFile(envFile, "FEATURE_AI_CHAT_ENABLED=false\nFEATURE_CALENDAR_SYNC_ENABLED=true\n");
    await expect.poll(() => flags.isEnabled("calendar_sync", "u")).toBe(true);
    expect(flags.isEnabled("ai_chat", "u")).toBe(true);
    expect(await shown(other, "ai_chat")).toMatchObject({
      layer: "stored",
      layers: { environment: { enabled: false } },
    });
    expect(await shown(other, "calendar_sync")).toMatchObject({ layer: "environment" });
  });

  it("are pinned to the environment by FLAGS_READONLY, whatever was saved", async () => {
    await using data = await copyOf(inject("template"));
    const dataDirectory = data.path;
    await using first = await createReplica({ dataDirectory }, { now: 0 });
    const { version } = await saved({ services: first }, { ai_chat: flag({ enabled: false }), made_here: flag() });
    await first[Symbol.asyncDispose]();

    await using pinned = await serve({ env: { FLAGS_READONLY: "true", DATA_DIR: dataDirectory } });
    const { flags } = pinned.deps.services;
    expect(flags.isEnabled("ai_chat", "u")).toBe(true);
    expect(flags.peek("made_here", {})).toMatchObject({ value: true });
    const headers = await pinned.as("editor");
    const edits = [{ kind: "flag", key: "other", base: 0, value: flag() }];
    expect((await pinned.post("/api/v1/flags/changes", { edits }, headers)).status).toBe(403);
    expect((await pinned.get("/api/v1/flags", headers)).body).toMatchObject({ readonly: true, version });
    expect(await shown(pinned, "ai_chat")).toMatchObject({ layer: "code", layers: { stored: { enabled: false } } });
  });
});

describe("undo", () => {
  it("takes one change back and keeps what was changed since", async () => {
    const { body: one } = await save([{ key: "undone", base: 0, value: flag() }]);
    const { body: two } = await save([{ key: "undone", base: one.version, value: flag({ owner: "ann" }) }]);
    await save([{ key: "undone", base: two.version, value: flag({ owner: "ann", tags: ["kept"] }) }]);

    const undone = await post(`/api/v1/flags/undo/${two.version}`, { comment: "not ann" });
    expect(undone).toMatchObject({ status: 200, body: { state: "applied" } });
    expect(await get("/api/v1/flags/undone")).toMatchObject({ flag: { owner: "", tags: ["kept"] } });
    expect(await get(`/api/v1/flags/changes/${two.version}`)).toMatchObject({ undone_by: undone.body.version });
    expect(await get(`/api/v1/flags/changes/${undone.body.version}`)).toMatchObject({
      origin: "undo",
      undoes: two.version,
    });

    const again = await post(`/api/v1/flags/undo/${two.version}`, {});
    expect(again).toMatchObject({ status: 409, body: { detail: { error: /nothing left/ } } });
  });

  it("brings back what was removed, and removes what was made", async () => {
    const { body: made } = await save([{ key: "gone", base: 0, value: flag({ owner: "ann" }) }]);
    const { body: removed } = await save([{ key: "gone", base: made.version, value: null }]);
    await post(`/api/v1/flags/undo/${removed.version}`, {});
    expect(await get("/api/v1/flags/gone")).toMatchObject({ flag: { owner: "ann" } });

    const { body: other } = await save([{ key: "short", base: 0, value: flag() }]);
    await post(`/api/v1/flags/undo/${other.version}`, {});
    expect((await api.get("/api/v1/flags/short", viewer)).status).toBe(404);
  });

  it("is refused where the same was changed since", async () => {
    const { body: one } = await save([{ key: "same", base: 0, value: flag() }]);
    const { body: two } = await save([{ key: "same", base: one.version, value: flag({ owner: "ann" }) }]);
    await save([{ key: "same", base: two.version, value: flag({ owner: "bob" }) }]);
    const { status, body } = await post(`/api/v1/flags/undo/${two.version}`, {});
    expect(status).toBe(409);
    expect(body.detail.conflicts).toMatchObject([{ key: "same", conflicts: [["owner"]], merged: null }]);
  });
});

it("takes a creation back that was taken back before, and brought back", async () => {
  const { version } = await saved(api.deps, { "made-twice": flag() });
  const admin = await api.as("admin");
  const undo = async (which: number) => {
    const answer = await api.post(`/api/v1/flags/undo/${which}`, {}, admin);
    expect(answer).toMatchObject({ status: 200 });
    return (answer.body as { version: number }).version;
  };
  await undo(await undo(version));
  await undo(version);
  expect(await api.get("/api/v1/flags/made-twice", admin)).toMatchObject({ status: 404 });
});

it.each([
  ["__proto__", "expected a printable name other than __proto__"],
  ["a\nb", "expected a printable name other than __proto__"],
  ["..", "'..' cannot be a flag's key: no address leads to it"],
])("is not kept under the name %j, and says why", async (key, msg) => {
  const edits = [{ kind: "flag", key, base: 0, value: flag() }];
  expect(await api.post("/api/v1/flags/changes", { edits }, await api.as("editor"))).toMatchObject({
    status: 422,
    body: { detail: [{ loc: ["body", "edits", 0, "key"], msg }] },
  });
});

it.each([
  ["flags.cancelPlan", { id: "a\0" }],
  ["flags.reject", { id: "plan", comment: "\ud800" }],
  ["webhooks.remove", { id: "\0" }],
  ["webhooks.create", { name: "a\0b", url: "https://receiver.example/" }],
])("refuses text that no database could hold: %s", async (procedure, input) => {
  expect(await api.post(`/trpc/${procedure}`, input, await api.as("admin"))).toMatchObject({ status: 422 });
});

it("is not there for a method that no procedure has", async () => {
  const ask = (method: string) => fetch(`${api.url}/trpc/flags.save?input={}`, { method, headers: editor });
  for (const method of ["GET", "PUT", "OPTIONS"]) expect(await ask(method)).toMatchObject({ status: 404 });
  expect(await api.post("/trpc/flags.list", {}, viewer)).toMatchObject({ status: 404 });
});

describe("the list", () => {
  it("has every flag in a line, and every segment with who uses it", async () => {
    await save([
      { kind: "segment", key: "inner", base: 0, value: { ids: ["a", "b"] } },
      { kind: "segment", key: "outer", base: 0, value: { when: { segment: "inner" } } },
      {
        key: "user_of",
        base: 0,
        value: flag({ rules: [{ id: "r", when: { segment: "outer" }, serve: { variant: "off" } }] }),
      },
    ]);
    const list = await get("/api/v1/flags");
    expect(list).toMatchObject({ readonly: false, four_eyes: false, broken: [] });
    expect(list.flags.map(({ key }) => key)).toEqual(expect.arrayContaining(["ai_chat", "user_of"]));
    expect(list.segments).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: "inner", kind: "list", size: 2, used_by: ["user_of"] }),
        expect.objectContaining({ name: "outer", kind: "condition", used_by: ["user_of"] }),
      ]),
    );
    expect(await get("/api/v1/flags/segments/inner")).toMatchObject({ segment: { ids: ["a", "b"] } });
    expect(await get("/api/v1/flags/user_of")).toMatchObject({
      segments: ["outer"],
      row: { summary: "1 rule, else on" },
    });
  });

  it("shows how a declared flag's first saving differs from its environment, and its removal likewise", async () => {
    await using api = await serve();
    const admin = await api.as("admin");
    const { body } = await api.get("/api/v1/flags/calendar_sync", admin);
    const { flag: declared } = body as { flag: Flag };
    const write = (value: Flag | null, base: number) =>
      api.post("/api/v1/flags/changes", { edits: [{ kind: "flag", key: "calendar_sync", base, value }] }, admin);
    await write({ ...declared, enabled: true }, 0);
    await write(null, 1);
    const differences = async (version: number) =>
      ((await api.get(`/api/v1/flags/changes/${version}`, admin)).body as { edits: unknown[] }).edits;
    const path = ["enabled"];
    expect(await differences(1)).toMatchObject([
      { created: true, differences: [{ kind: "changed", path, before: false, after: true }] },
    ]);
    expect(await differences(2)).toMatchObject([
      { removed: true, differences: [{ kind: "changed", path, before: true, after: false }] },
    ]);
  });

  it("is read page by page in the history", async () => {
    for (const owner of ["a", "b", "c"]) {
      const { versions } = api.deps.services.manager.stored();
      await save([{ key: "paged", base: versions.flag["paged"] ?? 0, value: flag({ owner }) }]);
    }
    const first = await get("/api/v1/flags/history?kind=flag&key=paged&limit=2");
    expect(first.items).toHaveLength(2);
    const rest = await get(`/api/v1/flags/history?kind=flag&key=paged&limit=2&before=${first.next}`);
    expect(rest).toMatchObject({ items: [{ edits: [{ created: true }] }], next: null });
  });
});

describe("the preview", () => {
  it("says which of those who asked would get something else, by rule, and shows no id", async () => {
    for (let index = 0; index < 40; index += 1)
      api.deps.services.recent.note({ targetingKey: `person-${index}`, country: index % 4 === 0 ? "DE" : "AT" });
    await save([{ key: "seen", base: 0, value: flag({ otherwise: { variant: "off" } }) }]);
    const { version } = await get("/api/v1/flags/seen");
    const rules = [
      { id: "german", when: { attribute: "country", op: "equals", value: "DE" }, serve: { variant: "on" } },
    ];
    const edits = [
      {
        kind: "flag",
        key: "seen",
        base: version,
        value: flag({ otherwise: { variant: "off" }, rules: rules as Flag["rules"] }),
      },
    ];
    const answer = await api.post("/api/v1/flags/preview", { edits }, editor);
    expect(answer.body).toMatchObject({
      problems: [],
      conflicts: [],
      contexts: 40,
      flags: [
        {
          key: "seen",
          unchanged: 0,
          moved: [
            { flips: false, count: 30 },
            { flips: true, count: 10, from: { variant: "off", rule: null }, to: { variant: "on", rule: "german" } },
          ],
        },
      ],
    });
    expect(JSON.stringify(answer.body)).not.toContain("person-");
    const [example] = (answer.body as Body).flags[0]?.moved[1]?.examples ?? [];
    expect(example).toMatch(/^[0-9a-f]{8}$/);

    const question = { key: "seen", recent: example, edits };
    expect(await api.post("/api/v1/flags/trace", question, viewer)).toMatchObject({ status: 403 });
    const traced = await api.post("/api/v1/flags/trace", question, editor);
    expect(traced.body).toMatchObject({ resolution: { variant: "on", rule: "german" } });
    expect(JSON.stringify(traced.body)).not.toContain("person-");
    expect(JSON.stringify(await get("/api/v1/flags/recent"))).not.toContain("person-");
  });

  it("says what is wrong instead", async () => {
    const edits = [{ kind: "flag", key: "seen_not", base: 0, value: flag({ off: "nowhere" }) }];
    const answer = await api.post("/api/v1/flags/preview", { edits }, editor);
    expect(answer.body).toMatchObject({ problems: [{ path: ["edits", 0, "value", "off"] }], flags: [] });
  });
});

describe("a document", () => {
  it("goes from one deployment to another, with a difference shown before it is applied", async () => {
    await save([{ key: "promoted", base: 0, value: flag({ owner: "ann" }) }]);
    const { document } = await get("/api/v1/flags/export");
    await using target = await serve();
    const headers = await target.as("editor");
    const preview = async () =>
      (await target.post("/api/v1/flags/import/preview", { format: "beq", document }, headers)).body as Body;
    const arrival = await preview();
    expect(arrival).toMatchObject({ report: { format: "beq", findings: [] }, problems: [] });
    expect(arrival.items).toEqual(
      expect.arrayContaining([expect.objectContaining({ key: "promoted", created: true })]),
    );
    expect(arrival.items.map(({ key }) => key)).not.toContain("ai_chat");

    const applied = await target.post("/api/v1/flags/changes", { edits: arrival.edits, origin: "import" }, headers);
    expect(applied.status).toBe(200);
    expect((await target.get("/api/v1/flags/promoted", headers)).body).toMatchObject({ flag: { owner: "ann" } });
    expect((await preview()).edits).toEqual([]);
  });

  it("of one flag brings the segments that it needs", async () => {
    const { document } = await get("/api/v1/flags/export?keys=user_of");
    expect(Object.keys(document.flags)).toEqual(["user_of"]);
    expect(Object.keys(document.segments).toSorted()).toEqual(["inner", "outer"]);
    const flagd = await get("/api/v1/flags/export?keys=user_of&format=flagd");
    expect(flagd.document).toMatchObject({ flags: { user_of: { state: "ENABLED" } } });
  });

  it("of another system is reported on, and one that is none is refused", async () => {
    const flagd = { flags: { theirs: { state: "ENABLED", variants: { on: true }, defaultVariant: "on", oddity: 1 } } };
    const answer = await api.post("/api/v1/flags/import/preview", { format: "flagd", document: flagd }, viewer);
    expect(answer.body).toMatchObject({
      report: { flags: 1, findings: [{ level: "note", name: "theirs" }] },
      edits: [{ key: "theirs", base: 0 }],
    });
    const odd = flagdDocument("__proto__");
    const refused = await api.post("/api/v1/flags/import/preview", { format: "flagd", document: odd }, viewer);
    expect(refused.body).toMatchObject({ edits: [], report: { findings: [{ level: "refused" }] } });
    const halved = await api.post(
      "/api/v1/flags/import/preview",
      { format: "flagd", document: flagdDocument("\ud800") },
      viewer,
    );
    expect(halved).toMatchObject({ status: 200, body: { problems: [{ path: ["edits", 0, "key"] }] } });
    const text = await api.post("/api/v1/flags/import/preview", { format: "beq", document: "{" }, viewer);
    expect(text.body).toMatchObject({ report: { findings: [{ level: "refused" }] }, edits: [] });
  });
});

describe("whatever is sent", () => {
  it.each(["changes", "preview", "trace", "import/preview"])(
    "to %s is answered without a fault (seed 9)",
    async (door) => {
      const wild = fc.oneof(
        fc.json({ maxDepth: 4 }).map((text): unknown => JSON.parse(text)),
        fc.record(
          {
            edits: fc.array(wildEdit, { maxLength: 3 }),
            key: fc.constantFrom("ai_chat", "x"),
            context: fc.dictionary(fc.string(), fc.jsonValue()),
          },
          { requiredKeys: [] },
        ),
        fc.record({
          format: fc.constantFrom("beq", "flagd", "unleash", "growthbook", "launchdarkly", "flagsmith"),
          document: fc.jsonValue(),
        }),
      );
      await fc.assert(
        fc.asyncProperty(wild, async (body) => {
          const { status } = await api.post(`/api/v1/flags/${door}`, JSON.stringify(body), editor);
          expect(status).toBeLessThan(500);
        }),
        { seed: 9, numRuns: 60 },
      );
    },
  );

  it.each([
    ["deep", `{"edits":[{"kind":"flag","key":"d","base":0,"value":${"[".repeat(200_000)}${"]".repeat(200_000)}}]}`],
    [
      "deep within",
      `{"edits":[{"kind":"flag","key":"d","base":0,"value":${'{"all":['.repeat(50_000)}${"]}".repeat(50_000)}}]}`,
    ],
    ["a prototype", `{"edits":[{"kind":"flag","key":"__proto__","base":0,"value":{"__proto__":{"type":"boolean"}}}]}`],
    ["a method", `{"edits":[{"kind":"flag","key":"constructor","base":0,"value":null}]}`],
  ])("is refused: %s", async (_name, body) => {
    for (const door of ["changes", "preview", "trace"]) {
      const { status } = await api.post(`/api/v1/flags/${door}`, body, editor);
      expect(status).toBeLessThan(500);
    }
    expect((await api.post("/api/v1/flags/changes", body, editor)).status).toBe(422);
  });
});

it("tells whoever looks of another's change, as it comes into force", async () => {
  const leave = new AbortController();
  const response = await fetch(`${api.url}/trpc/flags.onChange`, { headers: viewer, signal: leave.signal });
  const reader = (response.body ?? new ReadableStream<Uint8Array>()).getReader();
  let text = "";
  const until = async (pattern: RegExp) => {
    while (!pattern.test(text)) {
      const { value, done } = await reader.read();
      if (done) throw new Error(`the stream ended: ${text}`);
      text += new TextDecoder().decode(value);
    }
  };
  await until(/"changes":\[\]/);
  const { body } = await save([{ key: "live", base: 0, value: flag() }], "look");
  await until(new RegExp(`"version":${body.version}.*"key":"live"`));
  expect(text).not.toContain('"otherwise"');
  leave.abort();
});

const wildEdit = fc.record({
  kind: fc.constantFrom("flag", "segment"),
  key: fc.oneof(
    fc.constantFrom("ai_chat", "wild", "__proto__", "toString"),
    fc.string({ unit: "binary", maxLength: 8 }),
  ),
  base: fc.nat({ max: 2 }),
  value: fc.oneof(
    fc.constant(null),
    fc.dictionary(fc.constantFrom("type", "variants", "rules", "requires", "ids", "when", "off"), fc.jsonValue()),
    fc
      .dictionary(fc.constantFrom("owner", "rules", "requires", "otherwise"), fc.jsonValue())
      .map((members) => ({ ...flag(), ...members })),
  ),
});

type Body = {
  version: number;
  flag: Flag;
  next: number | null;
  items: { key: string }[];
  edits: unknown[];
  document: { flags: object; segments: object };
  flags: { key: string; moved: { examples: string[] }[] }[];
  segments: unknown[];
  detail: { loc: unknown[]; conflicts: { current: number; merged: unknown }[] }[] & {
    conflicts: { current: number; merged: unknown }[];
  };
};

/** What was answered, its members unchecked: each test says which it expects. */
async function get(path: string, headers = viewer, from = api): Promise<Body> {
  return (await from.get(path, headers)).body as Body;
}

async function shown(from: Api, key: string): Promise<Body> {
  return get(`/api/v1/flags/${key}`, await from.as("editor"), from);
}

async function post(path: string, body: unknown): Promise<{ status: number; body: Body }> {
  const { status, body: answer } = await api.post(path, body, editor);
  return { status, body: answer as Body };
}

function save(edits: { kind?: "flag" | "segment"; key: string; base: number; value: unknown }[], comment = "") {
  return post("/api/v1/flags/changes", { edits: edits.map((edit) => ({ kind: "flag", ...edit })), comment });
}

async function temporary() {
  const path = await mkdtemp(join(tmpdir(), "beq-flags-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

/** As text: of an object, that name would not be a member. */
function flagdDocument(name: string): string {
  const body = { state: "ENABLED", variants: { on: true, off: false }, defaultVariant: "on" };
  return `{"flags":{${JSON.stringify(name)}:${JSON.stringify(body)}}}`;
}
