import type { Preferences } from "@beq/scheduler/contract";

/** The contract's preferences, written out because its schema is not loaded for the first view; a test compares them. */
export const defaults: Preferences = {
  timezone: "UTC",
  work_start_time: "09:00",
  work_end_time: "17:00",
  work_days: ["mon", "tue", "wed", "thu", "fri"],
  break_frequency_minutes: 90,
  break_duration_minutes: 15,
  lunch_time: "12:00",
  lunch_duration_minutes: 60,
  preferred_task_duration_minutes: 90,
  energy_peak_hours: ["09:00-11:00", "14:00-16:00"],
  avoid_scheduling_after: "18:00",
  freeze_minutes: 120,
};
