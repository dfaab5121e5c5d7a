import * as fc from "fast-check";
import { expect, it } from "vitest";
import { arrange } from "./arrange.ts";
import { axisOf, daysFrom } from "./axis.ts";

const seed = 7;
const days = daysFrom("2030-03-25", 1, "Europe/Berlin");
const axis = axisOf(days);
const sizes = { shortest: 15, target: 26, isTarget: ({ id }: { id: string }) => !id.startsWith("break") };

it("gives overlapping spans a column each and touching ones the full width", () => {
  expect(columns([span("a", 9, 10), span("b", 9.5, 11), span("c", 10, 10.5), span("d", 11, 12)])).toEqual({
    a: "0/2",
    b: "1/2",
    c: "0/2",
    d: "0/1",
  });
});

it("keeps room to hit a block behind a short one, and none for what is not pressed", () => {
  const quarter = [span("a", 9, 9.25), span("b", 9.25, 9.75)];
  expect(columns(quarter)).toEqual({ a: "0/2", b: "1/2" });
  expect(columns([span("a", 9, 9.25), span("b", 9.25, 10.5)])).toEqual({ a: "0/1", b: "0/1" });
  expect(columns([span("a", 9, 9.25), span("break", 9.25, 9.5), span("b", 9.5, 10)])).toMatchObject({ a: "0/1" });
});

it("cuts a span at the edges of the day", () => {
  const [piece] = arrange([span("night", -2, 3)], monday(), axis, sizes);
  expect(piece).toMatchObject({ from: 0, to: 180 });
});

it("leaves out what only touches the day", () => {
  expect(arrange([span("before", -2, 0), span("after", 24, 25)], monday(), axis, sizes)).toEqual([]);
});

it(`never draws two blocks over each other (seed ${seed})`, () => {
  const hour = fc.integer({ min: -4, max: 110 }).map((quarter) => quarter / 4);
  const spans = fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 20 })), { maxLength: 25 });
  fc.assert(
    fc.property(spans, (list) => {
      const pieces = arrange(
        list.map(([start, quarters], index) => span(String(index), start, start + quarters / 4)),
        monday(),
        axis,
        sizes,
      );
      for (const a of pieces)
        for (const b of pieces) {
          const overlap = a !== b && a.from < b.to && b.from < a.to;
          expect(overlap && (a.column === b.column || a.columns !== b.columns)).toBe(false);
        }
      expect(pieces.every(({ column, columns: all }) => column < all)).toBe(true);
    }),
    { seed },
  );
});

function columns(spans: ReturnType<typeof span>[]): Record<string, string> {
  return Object.fromEntries(
    arrange(spans, monday(), axis, sizes).map((piece) => [piece.span.id, `${piece.column}/${piece.columns}`]),
  );
}

function monday() {
  const [day] = days;
  if (!day) throw new Error("one day expected");
  return day;
}

function span(id: string, from: number, to: number) {
  return { id, start: monday().start + from * 3_600_000, end: monday().start + to * 3_600_000 };
}
