export type {
  Bucketing,
  Comparison,
  Condition,
  ErrorCode,
  EvaluationContext,
  Failed,
  Flag,
  FlagSet,
  FlagType,
  FlagValue,
  Json,
  Reason,
  Requirement,
  Resolution,
  Rule,
  Scalar,
  Segment,
  Serve,
  Served,
  Split,
  Unserved,
  Weight,
} from "./model.ts";
export { accepts, defaultFlag, defaults, defineFlags, overlay } from "./registry.ts";
export type { Definition, KeyOf, PayloadSchema, Registry, ValueOf } from "./registry.ts";
export { features, type FeatureKey } from "./features.ts";
export { environmentLayer, type EnvironmentLayer } from "./env.ts";
export { compile, type Compiled, type CompileOptions } from "./compile.ts";
export { evaluate } from "./evaluate.ts";
export { trace, type Step, type Trace } from "./trace.ts";
export type { PatternEngine } from "./operator.ts";
export type { AnswerCount } from "./outcome.ts";
export { createFlags, type Change, type Evaluation, type Flags, type FlagsDeps } from "./live.ts";
export type { Answer, Asking } from "./asking.ts";
export type { ForcedVariants } from "./forced.ts";
export type { Status } from "./status.ts";
export { changedKeys } from "./reads.ts";
export { parseFlagSet, problemLine, type Parsed } from "./parse.ts";
export type { Problem } from "./check.ts";
