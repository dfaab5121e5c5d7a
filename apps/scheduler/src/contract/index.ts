export {
  Actual,
  Constraint,
  DateTime,
  ExistingEvent,
  GenerateRequest,
  limits,
  Preferences,
  Priority,
  Task,
  UserId,
  Week,
  WeekAsked,
  WeekFields,
  weekdays,
} from "./request.ts";
export {
  AlternativePlan,
  Change,
  CheapestChange,
  ConflictElement,
  DayRisk,
  Eta,
  Explanation,
  GenerateAnswer,
  OptimizeAnswer,
  OptimizeRequest,
  Progress,
  ScheduledEvent,
  Unscheduled,
} from "./answer.ts";
export { Weights } from "./weights.ts";
export { blocksOf, mostBlocks } from "./amount.ts";
export { type Invalid, invalidList } from "./invalid.ts";
export { checkWeek, dependencyCycle } from "./rules.ts";
export { clockRange, instantOf, isClock, isDateTime, isoIn, isZone, minuteOfDay } from "./time.ts";
