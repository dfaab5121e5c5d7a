// A week of 60 items: 45 tasks that all find a place, around 15 meetings, over five days.
const days = ["2030-03-25", "2030-03-26", "2030-03-27", "2030-03-28", "2030-03-29"];
const meetings = [
  ["09:30", "10:00"],
  ["11:00", "11:45"],
  ["15:00", "15:30"],
];
const categories = ["work", "work", "work", "admin", "learning"];
const priorities = ["low", "medium", "medium", "high", "urgent"];
const moments = ["morning", "afternoon", "anytime"];

/** The day on which the week begins. */
export const monday = days[0];

/** How many blocks of tasks there are once it is planned. */
export const taskCount = 45;

/** The week as a tasks file of the planner. */
export const file = { name: "week.json", text: JSON.stringify(weekFile()) };

function weekFile() {
  return {
    planning_start: `${monday}T08:00:00`,
    planning_horizon_days: days.length,
    user_preferences: { timezone: "Europe/Berlin" },
    existing_events: days.flatMap((day) => meetings.map((hours, index) => meeting(day, hours, index))),
    tasks: Array.from({ length: taskCount }, (_, index) => task(index)),
  };
}

function meeting(day, [from, to], index) {
  return {
    id: `meeting-${day}-${index}`,
    title: `Meeting ${index + 1} of ${day}`,
    start_time: `${day}T${from}:00`,
    end_time: `${day}T${to}:00`,
  };
}

/** Short enough for all of them to fit; a third has a deadline, every fifth waits for another. */
function task(index) {
  return {
    id: `task-${index}`,
    title: `Task ${index + 1}`,
    category: categories[index % categories.length],
    priority: priorities[(index * 7) % priorities.length],
    estimated_duration_minutes: index % 3 === 0 ? 30 : 45,
    preferred_time: moments[index % moments.length],
    ...(index % 3 === 1 && { deadline: `${days[(index * 3) % days.length]}T17:00:00` }),
    ...(index % 5 === 4 && { dependencies: [`task-${index - 3}`] }),
  };
}
