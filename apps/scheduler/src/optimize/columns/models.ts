import * as fc from "fast-check";
import { type Home, type Model, type Piece, ranked } from "../search/model.ts";
import { atHome, createState, type State } from "../search/state.ts";
import { minuteMs, type Span } from "../time/spans.ts";

type Axis = Model["axis"];
type Rules = { readonly grid: number; readonly size: number; readonly most: number };

/**
 * Up to so many pieces on an axis that does not begin at 0, with all that a model can ask for: rest, categories, days,
 * caps, lags, buffers, lunches, meetings, places of before on and off the grid, and pieces that stay where they are.
 */
export function ruledModels({ grid, size, most }: Rules): fc.Arbitrary<Model> {
  const axis = { origin: 600 * minuteMs, grid, size };
  return fc
    .record({
      pieces: fc.array(pieces(axis), { minLength: 2, maxLength: most }),
      taken: fc.array(fc.oneof({ weight: 8, arbitrary: fc.constant(0) }, fc.constant(1)), {
        minLength: size,
        maxLength: size,
      }),
      rest: fc.option(rests(grid), { freq: 4, nil: { minutes: 1, limit: Infinity } }),
      switching: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 40 })),
      balance: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 20 })),
      midnight: fc.option(fc.integer({ min: 1, max: size - 1 })),
      cap: fc.option(fc.integer({ min: 1, max: 6 * grid })),
    })
    .map(({ pieces: all, taken, midnight, cap, ...rules }) => {
      const items = all.map((piece, index) => itemOf(piece, index, all, axis, taken));
      const isDaily = midnight !== null || cap !== null || rules.switching > 0 || rules.balance > 0;
      return {
        axis,
        items: withoutOverlaps(items),
        taken: Uint8Array.from(taken),
        open: 1,
        ...rules,
        days: isDaily ? daysOf(axis, midnight ?? size) : [],
        caps: cap === null ? [] : [{ items: items.map((_, index) => index), minutes: cap }],
      };
    });
}

function rests(grid: number): fc.Arbitrary<Model["rest"]> {
  return fc.record({
    minutes: fc.integer({ min: 1, max: 3 * grid }),
    limit: fc.integer({ min: Math.ceil(grid / 2), max: 5 * grid }),
  });
}

type Drawn = {
  readonly kind: Piece["kind"];
  readonly inner: number;
  readonly idle: number;
  readonly lead: number;
  readonly trail: number;
  readonly costs: readonly (number | null)[];
  readonly unplaced: number;
  readonly waits: number | null;
  readonly lag: number;
  readonly group: number;
  readonly home: { start: number; cost: number; resized: boolean; locked: boolean } | null;
};

function pieces({ grid, size }: Axis): fc.Arbitrary<Drawn> {
  const seldom = fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 2 }));
  return fc.record({
    kind: fc.oneof(
      { weight: 5, arbitrary: fc.constant<Piece["kind"]>("task") },
      fc.constantFrom<Piece["kind"]>("lunch", "event"),
    ),
    inner: fc.integer({ min: 1, max: 4 }),
    idle: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: grid - 1 })),
    lead: seldom,
    trail: seldom,
    costs: fc.array(fc.option(fc.integer({ min: 0, max: 60 }), { freq: 3 }), { minLength: size, maxLength: size }),
    unplaced: fc.integer({ min: 0, max: 300 }),
    waits: fc.option(fc.nat(3), { freq: 2 }),
    lag: seldom,
    group: fc.integer({ min: -1, max: 2 }),
    home: fc.option(
      fc.record({
        start: fc.oneof(
          fc.nat(size - 1).map((slot) => slot * grid),
          fc.nat((size - 1) * grid),
        ),
        cost: fc.nat(20),
        resized: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
        locked: fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true)),
      }),
      { freq: 2 },
    ),
  });
}

function itemOf(drawn: Drawn, index: number, all: readonly Drawn[], axis: Axis, taken: readonly number[]): Piece {
  const { kind, inner, idle, trail, lead, unplaced, lag } = drawn;
  const slots = lead + inner + trail;
  const minutes = inner * axis.grid - idle;
  const was = wasOf(drawn, minutes, axis);
  const locked = (was && drawn.home?.locked) ?? false;
  const isOpen = (slot: number) =>
    (drawn.costs[slot] ?? null) !== null &&
    slot + slots <= axis.size &&
    taken.slice(slot, slot + slots).every((each) => each === 0);
  const before = locked ? [] : waitsOf(drawn, index);
  return {
    kind,
    minutes,
    slots,
    work: kind === "task" ? minutes : 0,
    ...ranked(
      locked ? [] : drawn.costs.flatMap((_, slot) => (isOpen(slot) ? [slot] : [])),
      (slot) => drawn.costs[slot] ?? 0,
    ),
    was,
    home: was && homeOf(was, drawn, axis),
    locked,
    unplaced,
    weight: 1,
    due: Infinity,
    before,
    after: all.flatMap((other, at) => (waitsOf(other, at).includes(index) && !other.home?.locked ? [at] : [])),
    lags: before.map(() => lag),
    lead,
    group: kind === "task" ? drawn.group : -1,
  };
}

function waitsOf({ waits }: Drawn, index: number): number[] {
  return waits !== null && waits < index ? [waits] : [];
}

/** Where a piece stood before; null off the axis. */
function wasOf({ home }: Drawn, minutes: number, { origin, grid, size }: Axis): Span | null {
  if (!home || home.start + minutes > size * grid) return null;
  const start = origin + home.start * minuteMs;
  return { start, end: start + minutes * minuteMs };
}

/** With its buffers, in slots rounded outwards; a meeting takes but its own time for itself. */
function homeOf(was: Span, { home, kind, lead, trail }: Drawn, { origin, grid, size }: Axis): Home {
  const step = grid * minuteMs;
  const held = { start: was.start - lead * step, end: was.end + trail * step };
  const from = Math.max(0, Math.floor((held.start - origin) / step));
  return {
    ...(kind === "event" ? was : held),
    from,
    to: Math.min(size, Math.max(from, Math.ceil((held.end - origin) / step))),
    cost: home?.cost ?? 0,
    resized: home?.resized ?? false,
  };
}

/** Of pieces that stay, none stands in another. */
function withoutOverlaps(items: readonly Piece[]): Piece[] {
  const kept: Home[] = [];
  return items.map((item) => {
    const { home, locked } = item;
    if (!locked || !home) return item;
    const isApart = kept.every(({ from, to }) => to <= home.from || home.to <= from);
    if (isApart) kept.push(home);
    return isApart ? item : { ...item, home: null, was: null, locked: false };
  });
}

function daysOf({ origin, grid, size }: Axis, midnight: number): Span[] {
  const at = (slot: number) => origin + slot * grid * minuteMs;
  return midnight < size
    ? [
        { start: origin, end: at(midnight) },
        { start: at(midnight), end: at(size) },
      ]
    : [{ start: origin, end: at(size) }];
}

/** A plan to begin with: what stays, and nothing else. */
export function bare(model: Model): State {
  const state = createState(model);
  model.items.forEach(({ locked }, index) => locked && state.put(index, atHome));
  return state;
}

/** What the best plan costs if it costs less than the bar, else the bar: by putting all in every order everywhere. */
export function leastBelow(model: Model, bar: number): number {
  const state = bare(model);
  const saves = model.items.map(({ costs, home, unplaced }) =>
    Math.max(0, unplaced - Math.min(costs[0] ?? Infinity, home?.cost ?? Infinity)),
  );
  let best = bar;
  const visit = (waiting: readonly number[]): void => {
    best = Math.min(best, state.cost());
    if (state.cost() - waiting.reduce((sum, index) => sum + (saves[index] ?? 0), 0) >= best) return;
    for (const index of waiting) {
      const rest = waiting.filter((other) => other !== index);
      const { starts, home } = model.items[index] ?? { starts: [], home: null };
      for (let choice = home ? atHome : 0; choice < starts.length; choice += 1) {
        if (!state.fits(index, choice)) continue;
        state.put(index, choice);
        visit(rest);
        state.take(index);
      }
    }
  };
  visit(model.items.flatMap(({ locked }, index) => (locked ? [] : [index])));
  return best;
}
