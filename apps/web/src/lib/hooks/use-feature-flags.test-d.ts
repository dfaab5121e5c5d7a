import { useFeatureFlag, useFeatureFlags } from "@/lib/hooks/use-feature-flags";

// Checked by the compiler alone: a line that compiles although it should not is an error here.

export function Known(): [boolean, boolean, boolean | undefined] {
  const { flags, isEnabled, isLoading } = useFeatureFlags();
  return [
    useFeatureFlag("schedule_optimization"),
    isEnabled("ai_chat") && !isLoading,
    flags.calendar_sync?.user_specific,
  ];
}

export function Misspelt(): unknown[] {
  const { flags, isEnabled } = useFeatureFlags();
  return [
    // @ts-expect-error no such feature
    useFeatureFlag("schedule_optimisation"),
    // @ts-expect-error no such feature
    isEnabled("aichat"),
    // @ts-expect-error no such feature
    flags.calendar_synch,
  ];
}
