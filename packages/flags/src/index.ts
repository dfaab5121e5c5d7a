export type {
  Algorithm,
  Bucketing,
  Comparison,
  Condition,
  DateOp,
  Dialect,
  ErrorCode,
  EvaluationContext,
  Failed,
  Flag,
  FlagSet,
  FlagType,
  FlagValue,
  ForeignAlgorithm,
  Json,
  ListOp,
  NumberOp,
  Plain,
  Reason,
  Requirement,
  Resolution,
  Rule,
  Scalar,
  Segment,
  Serve,
  Served,
  Share,
  Split,
  Subject,
  TextOp,
  Texts,
  Unserved,
  VersionOp,
  Weight,
} from "./model.ts";
export { accepts, defaultFlag, defaults, defineFlags, overlay } from "./registry.ts";
export type { Definition, KeyOf, Labelled, PayloadSchema, Registry, ValueOf } from "./registry.ts";
export { features, type FeatureKey } from "./features.ts";
export { environmentLayer, type Environment, type EnvironmentLayer } from "./env.ts";
export { compile, type Compiled, type CompileOptions } from "./compile.ts";
export type { IdSets } from "./condition.ts";
export { evaluate } from "./evaluate.ts";
export { trace, type Step, type Trace } from "./trace.ts";
export type { Foreign } from "./foreign.ts";
export type { PatternEngine } from "./operator.ts";
export type { AnswerCount } from "./outcome.ts";
export { createFlags, type Change, type Evaluation, type Flags, type FlagsDeps } from "./live.ts";
export type { Answer, Asking } from "./asking.ts";
export type { ForcedVariants } from "./forced.ts";
export type { Status } from "./status.ts";
export { changedKeys } from "./reads.ts";
export { parseFlagSet, problemLine, type Parsed } from "./parse.ts";
export type { Path, Problem } from "./problem.ts";
export { movements, type Landing, type Move, type Movement } from "./compare.ts";
export { differences, type Difference } from "./differences.ts";
export { merge, type Conflict, type Merged } from "./merge.ts";
export type { Part } from "./anatomy.ts";
export { describeCondition, describeRule, describeSegment, describeServe } from "./sentences.ts";
