export { simulate } from "./confidence.ts";
export { createOverrun } from "./history.ts";
export { createPrior } from "./prior.ts";
export { createRandom } from "../search/random.ts";
