import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "../search/model.ts";
import { createOptions, type Options } from "../search/options.ts";
import { atHome } from "../search/state.ts";
import { type Manner, mannerOf, worked } from "./manner.ts";
import { ruledModels } from "./models.ts";
import { createPaths, type Path } from "./paths.ts";
import { type Ground, groundOf, type Stretch } from "./stretches.ts";

const pieces = 5;
const axis = { grid: 60, size: 10, most: pieces };

describe("the cheapest paths through a stretch", () => {
  it("cost what trying every path says, and each is a right one (seed 46)", () => {
    fc.assert(
      fc.property(
        ruledModels(axis),
        fc.array(fc.integer({ min: -20, max: 90 }), { minLength: pieces, maxLength: pieces }),
        (model, gained) => {
          const scene = sceneOf(model);
          const gains = Float64Array.from(gained);
          for (const stretch of scene.ground.stretches) {
            const found: Path[] = [];
            const least = scene.paths.cheapest(stretch, gains, scene.closed, pieces, found);
            const every = pathsThrough(scene, stretch);
            expect(least).toBeCloseTo(
              Math.min(0, ...every.map(({ path, cost }) => cost - gainOf(scene, path, gains))),
              6,
            );
            const costs = new Map(every.map(({ path, cost }) => [path.join(), cost]));
            for (const path of found) {
              expect(costs.get(path.join())).toBe(scene.paths.costOf(stretch, path));
              expect(scene.paths.costOf(stretch, path) - gainOf(scene, path, gains)).toBeGreaterThanOrEqual(
                least - 1e-6,
              );
            }
          }
        },
      ),
      { seed: 46, numRuns: 400 },
    );
  });

  it("are the same when asked again, whatever was asked between (seed 47)", () => {
    fc.assert(
      fc.property(ruledModels(axis), (model) => {
        const { ground, paths, closed } = sceneOf(model);
        const ask = (gain: number) =>
          ground.stretches.map((stretch) => {
            const found: Path[] = [];
            return {
              least: paths.cheapest(stretch, new Float64Array(pieces).fill(gain), closed, pieces, found),
              found,
            };
          });
        const before = ask(70);
        ask(300);
        expect(ask(70)).toEqual(before);
      }),
      { seed: 47, numRuns: 50 },
    );
  });
});

type Scene = {
  readonly options: Options;
  readonly ground: Ground;
  readonly manner: Manner;
  readonly paths: ReturnType<typeof createPaths>;
  readonly closed: Uint8Array;
};

/** Every fifth option is closed. */
function sceneOf(model: Model): Scene {
  const options = createOptions(model);
  if (!options) throw new Error("so few options are always priced");
  const manner = mannerOf(model);
  const ground = groundOf(
    options,
    Int32Array.from(options.choice, (_, id) => id),
    manner,
  );
  const closed = Uint8Array.from(options.choice, (_, id) => (id % 5 === 4 ? 1 : 0));
  return { options, ground, manner, paths: createPaths(options, ground.piece, manner), closed };
}

function gainOf({ ground }: Scene, path: Path, gains: Float64Array): number {
  return path.reduce((sum, id) => sum + (gains[ground.piece[id] ?? 0] ?? 0), 0);
}

/** Where a path has come to: the first slot that is free, work since the last rest, the last category. */
type Way = {
  readonly path: Path;
  readonly slot: number;
  readonly run: number;
  readonly kind: number;
  readonly cost: number;
};

/** Every way to put pieces one after the other, each once, those that wait for others after them. */
function pathsThrough(scene: Scene, stretch: Stretch): { path: Path; cost: number }[] {
  const all: { path: Path; cost: number }[] = [];
  const visit = (way: Way): void => {
    all.push({ path: way.path, cost: way.cost });
    for (const id of stretch.ids) {
      const next = extended(scene, stretch, way, id);
      if (next) visit(next);
    }
  };
  visit({ path: [], slot: stretch.from, run: 0, kind: 0, cost: 0 });
  return all;
}

function extended(scene: Scene, { day }: Stretch, { path, slot, run, kind, cost }: Way, id: number): Way | null {
  const { options, ground, manner, closed } = scene;
  const which = ground.piece[id] ?? 0;
  const head = options.head[id] ?? 0;
  if (head < slot || closed[id] === 1 || isBarred(scene, path, which)) return null;

  const rested = hasRest(manner, slot, head) ? 0 : run;
  const stays = options.choice[id] === atHome;
  const next = stays || manner.runs === 1 ? 0 : worked(manner, which, rested);
  if (next < 0) return null;

  const own = stays ? 0 : (manner.group[which] ?? 0);
  const switched = day >= 0 && own > 0 && kind > 0 && own !== kind ? manner.switching : 0;
  return {
    path: [...path, id],
    slot: options.tail[id] ?? 0,
    run: next,
    kind: own > 0 ? own : kind,
    cost: cost + (options.cost[id] ?? 0) + switched,
  };
}

/** Whether it has come, or one that waits for it. */
function isBarred({ options, ground }: Scene, path: Path, which: number): boolean {
  const waiting = options.edges.filter(({ before }) => before === which).map(({ after }) => after);
  return path.some((id) => [which, ...waiting].includes(ground.piece[id] ?? 0));
}

/** Whether so many slots in a row, none of them taken, lie between. */
function hasRest({ pause, taken }: Manner, from: number, to: number): boolean {
  for (let first = from; first + pause <= to; first += 1)
    if (taken.subarray(first, first + pause).every((each) => each === 0)) return true;
  return false;
}
