// Weeks of 30 tasks over 5 days, as a planner would send them: each from its seed.
const categories = ["work", "work", "work", "admin", "learning"];
const priorities = ["low", "medium", "medium", "high", "urgent"];
const moments = ["morning", "afternoon", "anytime", "anytime"];

/** The body of generate for a week that starts on Monday 2030-03-25, its working hours filled by `load`. */
export function weekOf(user_id, seed, { tasks = 30, days = 5, load = 0.9 } = {}) {
  const random = randomFrom(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const events = Array.from({ length: 8 }, (_, index) => meeting(index, days, random));
  const free = days * 7 * 60 - events.length * 45;
  const sizes = Array.from({ length: tasks }, () => 15 * (1 + Math.floor(random() * 6)));
  const scale = (free * load) / sizes.reduce((sum, size) => sum + size, 0);
  return {
    user_id,
    planning_start: "2030-03-25T08:00:00",
    planning_horizon_days: days,
    user_preferences: { timezone: "Europe/Berlin" },
    existing_events: events,
    tasks: sizes.map((size, index) => ({
      id: `task-${index}`,
      title: `Task ${index}`,
      category: pick(categories),
      priority: pick(priorities),
      estimated_duration_minutes: Math.max(15, 15 * Math.round((size * scale) / 15)),
      preferred_time: pick(moments),
      ...(random() < 0.6 && { deadline: `${dateOf(Math.floor(random() * days))}T17:00:00` }),
      ...(index > 0 && random() < 0.25 && { dependencies: [`task-${Math.floor(random() * index)}`] }),
    })),
  };
}

function meeting(index, days, random) {
  const date = dateOf(index % days);
  const hour = 9 + Math.floor(random() * 7);
  const at = (minutes) => `${date}T${String(hour).padStart(2, "0")}:${minutes}:00`;
  return { id: `meeting-${index}`, title: `Meeting ${index}`, start_time: at("00"), end_time: at("45") };
}

function dateOf(day) {
  return new Date(Date.UTC(2030, 2, 25 + day)).toISOString().slice(0, 10);
}

/** mulberry32 */
export function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
