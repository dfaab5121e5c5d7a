import { describe, expect, it } from "vitest";

import { createCorrelation } from "./correlation.ts";
import { parseTraceparent } from "./traceparent.ts";

const trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const span = "00f067aa0ba902b7";

describe("the ids of a request", () => {
  it.each(["12345678", "2f1c7d2e-5f0b-4a55-9d3f-6c1b2a3d4e5f", "A".repeat(64)])(
    "keep the caller's request id %s",
    (id) => {
      expect(createCorrelation().fromHeaders({ "x-request-id": id }).request_id).toBe(id);
    },
  );

  it.each(["", "1234567", "A".repeat(65), "with space", "line\nbreak", 'quote"quote', "ümlaut-ümlaut"])(
    "replace the request id %j",
    (id) => {
      expect(createCorrelation().fromHeaders({ "x-request-id": id }).request_id).toMatch(/^[0-9a-f]{32}$/);
    },
  );

  it("believe no header that was sent twice", () => {
    const ids = createCorrelation().fromHeaders({ "x-request-id": ["12345678", "87654321"] });
    expect(ids.request_id).toMatch(/^[0-9a-f]{32}$/);
  });

  it("continue the caller's trace under a span of their own", () => {
    const ids = createCorrelation().fromHeaders({ traceparent: `00-${trace}-${span}-00` });
    expect(ids).toMatchObject({ trace_id: trace, trace_flags: "00" });
    expect(ids.span_id).toMatch(/^(?!00f067aa0ba902b7)[0-9a-f]{16}$/);
  });

  it("are the same in the next service", () => {
    const [api, scheduler] = [createCorrelation(), createCorrelation()];
    const ids = api.fromHeaders({});
    const arrived = scheduler.fromHeaders(api.run(ids, () => api.toHeaders()));
    expect(arrived).toMatchObject({ request_id: ids.request_id, trace_id: ids.trace_id });
  });

  it("differ from request to request", () => {
    const { fromHeaders } = createCorrelation();
    expect(new Set(Array.from({ length: 1000 }, () => fromHeaders({}).trace_id)).size).toBe(1000);
  });
});

describe("the scope of a request", () => {
  it("is not mixed up between requests that run at once", async () => {
    const correlation = createCorrelation();
    const seen = await Promise.all(
      ["ann", "bob", "cem"].map((user) =>
        correlation.run(correlation.fromHeaders({}), async () => {
          correlation.identify(user);
          await Promise.resolve();
          return correlation.current()?.user_id;
        }),
      ),
    );
    expect(seen).toEqual(["ann", "bob", "cem"]);
  });

  it("is nowhere else", () => {
    const correlation = createCorrelation();
    correlation.identify("ann");
    expect(correlation.current()).toBeUndefined();
    expect(correlation.toHeaders()).toEqual({});
  });
});

describe("a traceparent", () => {
  it.each([
    [`00-${trace}-${span}-01`, "01"],
    [`cc-${trace}-${span}-09-what-comes-later`, "09"],
  ])("is read: %s", (header, trace_flags) => {
    expect(parseTraceparent(header)).toEqual({ trace_id: trace, span_id: span, trace_flags });
  });

  it.each([
    "",
    `ff-${trace}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `00-${"0".repeat(32)}-${span}-01`,
    `00-${trace}-${"0".repeat(16)}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${trace}-${span}`,
    `00-${trace}-${span}-01, 00-${trace}-${span}-01`,
  ])("is refused: %j", (header) => {
    expect(parseTraceparent(header)).toBeUndefined();
  });
});
