import { GenerateRequest } from "../contract/index.ts";
import { planWeek, verify } from "./index.ts";
const now = Date.parse("2024-03-25T07:00:00Z");
function rnd(n: number, days: number) {
  const pr = ["low", "medium", "high", "urgent"];
  const pf = ["morning", "afternoon", "evening", "anytime", undefined];
  let x = 12345;
  const r = () => {
    x = (Math.imul(x, 1103515245) + 12345) >>> 0;
    return (x >>> 8) / 16777216;
  };
  const tasks = [];
  for (let i = 0; i < n; i++) {
    tasks.push({
      id: "t" + i,
      title: "Task " + i,
      category: r() < 0.8 ? "work" : "personal",
      priority: pr[Math.floor(r() * 4)],
      estimated_duration_minutes: 15 * (1 + Math.floor(r() * 8)),
      deadline: r() < 0.5 ? new Date(now + 86400000 * (0.3 + r() * days)).toISOString() : undefined,
      deadline_is_hard: r() < 0.3,
      preferred_time: pf[Math.floor(r() * 5)],
      dependencies: i > 3 && r() < 0.2 ? ["t" + Math.floor(r() * i)] : [],
    });
  }
  const ev = [];
  for (let d = 0; d < Math.min(days, 5); d++)
    ev.push({
      id: "e" + d,
      title: "Standup " + d,
      start_time: `2024-03-${25 + d}T09:30:00+01:00`,
      end_time: `2024-03-${25 + d}T10:00:00+01:00`,
      is_moveable: d % 2 === 1,
    });
  return GenerateRequest.parse({
    user_id: "u",
    tasks,
    existing_events: ev,
    user_preferences: { timezone: "Europe/Paris" },
    planning_horizon_days: days,
  });
}
for (const [n, d, it] of [
  [10, 5, 2000],
  [30, 5, 2000],
  [30, 5, 4000],
  [60, 7, 4000],
  [100, 14, 4000],
  [500, 90, 4000],
] as const) {
  const req = rnd(n, d);
  let ps: any;
  let cons: any;
  const t0 = performance.now();
  let tc = 0;
  let ti = 0;
  const a = planWeek(req, {
    now,
    seed: 1,
    iterations: it,
    outOfTime: () => performance.now() - t0 > 5000,
    onProgress: (p) => {
      ps = p;
      if (p.phase === "improving" && !cons) {
        cons = p.cost;
        tc = performance.now() - t0;
      }
      if (p.phase === "simulating" && !ti) ti = performance.now() - t0;
    },
  });
  const t1 = performance.now();
  const v = verify(req, a, now);
  console.log(
    n,
    d,
    it,
    "total",
    Math.round(t1 - t0),
    "ms construct",
    Math.round(tc),
    "improve",
    Math.round(ti - tc),
    "cost",
    cons,
    "->",
    ps.cost,
    "unsched",
    a.unscheduled_tasks.length,
    "conf",
    a.confidence_score,
    "viol",
    v.length,
    "verify",
    Math.round(performance.now() - t1),
    a.grid_minutes,
  );
  if (v.length) console.log(v.slice(0, 4));
  if (n === 30 && it === 4000) {
    for (const e of a.scheduled_events)
      console.log(
        e.start_time.slice(5, 16),
        e.end_time.slice(11, 16),
        e.type,
        e.id,
        e.priority,
        "|",
        e.reason,
        e.p_on_time,
      );
    console.log(a.reasoning, a.warnings, a.unscheduled);
  }
}
