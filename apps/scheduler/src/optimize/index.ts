export { type Model, type Piece, ranked } from "./model.ts";
export { planWeek, type PlanAnswer } from "./plan.ts";
export { replan, type ReplanAnswer } from "./replan.ts";
export { createRandom } from "./random.ts";
export { search } from "./search.ts";
export type { Search } from "./outcome.ts";
export { type Judged, verify, type Violation } from "./verify.ts";
