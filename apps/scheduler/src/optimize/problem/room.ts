import type { Weights } from "../../contract/index.ts";
import type { Want } from "./demand.ts";
import type { Ground } from "./ground.ts";
import type { Layers } from "./layers.ts";
import type { Axis } from "../time/axis.ts";
import type { Span } from "../time/spans.ts";

/** What tasks and events become items of a problem by. */
export type Room = {
  readonly axis: Axis;
  readonly weights: Weights;
  /** Where each task may stand. */
  readonly groundOf: (want: Want) => Ground;
  /** Time without fixed events and hard blocks, whatever the hour: buffers may stand there. */
  readonly clear: readonly Span[];
  /** Slots of it in a row from each slot on. */
  readonly clearRuns: Int32Array;
  readonly layers: Layers;
  /** The number of each category. */
  readonly groups: ReadonlyMap<string, number>;
};
