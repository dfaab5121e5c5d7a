import type { Preferences } from "@beq/scheduler/contract";

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

type Days = Preferences["work_days"];

/** The days of a week, each on or off. */
export function Weekdays({ legend, days, set }: { legend: string; days: Days; set: (days: Days) => void }) {
  return (
    <fieldset className="col-span-2">
      <legend className="mb-1 text-xs text-muted">{legend}</legend>
      <div className="grid grid-cols-7 gap-1">
        {weekdays.map((day) => (
          <label
            key={day}
            className="flex h-8 items-center justify-center rounded-md border border-line bg-surface text-xs capitalize select-none hover:border-edge has-checked:border-accent has-checked:bg-accent-soft has-checked:font-medium has-checked:text-accent-ink has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="checkbox"
              className="sr-only"
              checked={days.includes(day)}
              onChange={(event) =>
                set(weekdays.filter((other) => (other === day ? event.target.checked : days.includes(other))))
              }
            />
            {day}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
