export { createExposures, type Exposure, type ExposureDeps, type Exposures } from "./exposures.ts";
export { createFlagHooks, type FlagHooks, type FlagProviderProps, type FlagsView, type OnExposure } from "./hooks.tsx";
export { createFlagStore } from "./store.ts";
export type { FlagPort, FlagState, FlagStates, FlagStore, FlagStoreDeps, Snapshot } from "./store.ts";
