import { GenerateRequest, OptimizeRequest } from "../contract/index.ts";
import { planWeek, replan, verify } from "./index.ts";
const now = Date.parse("2024-03-25T07:00:00Z");
let x = 7;
const r = () => {
  x = (Math.imul(x, 1103515245) + 12345) >>> 0;
  return (x >>> 8) / 16777216;
};
const iso = (m: number) => new Date(now + m * 60000).toISOString();
function run(name: string, body: any, iterations = 2000, ms = 4000) {
  const req = GenerateRequest.parse({ user_id: "u", ...body });
  const t0 = performance.now();
  const a = planWeek(req, { now, seed: 1, iterations, outOfTime: () => performance.now() - t0 > ms });
  const t1 = performance.now();
  const v = verify(req, a, now);
  const t2 = performance.now();
  console.log(
    name,
    "plan",
    Math.round(t1 - t0),
    "verify",
    Math.round(t2 - t1),
    "viol",
    v.length,
    "uns",
    a.unscheduled.length,
    "conf",
    a.confidence_score,
    "warn",
    a.warnings.length,
    Math.round(process.memoryUsage().rss / 1e6) + "MB",
  );
  if (v.length) console.log(v[0]);
  return { req, a };
}
const T = (n: number, f: (i: number) => any = {} as any) =>
  Array.from({ length: n }, (_, i) => ({ id: "t" + i, title: "T" + i, estimated_duration_minutes: 30, ...f(i) }));
run(
  "500t90d",
  {
    tasks: T(500, (i) => ({
      estimated_duration_minutes: 15 * (1 + (i % 8)),
      priority: ["low", "medium", "high", "urgent"][i % 4],
    })),
    planning_horizon_days: 90,
  },
  20000,
);
run(
  "500t1d overload",
  {
    tasks: T(500, (i) => ({
      estimated_duration_minutes: 15 * (1 + (i % 8)),
      deadline_is_hard: true,
      deadline: iso(300 + i),
    })),
    planning_horizon_days: 1,
  },
  20000,
);
run(
  "500t chain",
  { tasks: T(500, (i) => ({ dependencies: i ? ["t" + (i - 1)] : [] })), planning_horizon_days: 90 },
  20000,
);
run(
  "500t alldeps",
  {
    tasks: T(500, (i) => ({ dependencies: Array.from({ length: Math.min(i, 20) }, (_, k) => "t" + (i - 1 - k)) })),
    planning_horizon_days: 90,
  },
  20000,
);
const ev = (n: number, mv: (i: number) => boolean) =>
  Array.from({ length: n }, (_, i) => {
    const s = Math.floor(r() * 90 * 1440);
    return {
      id: "e" + i,
      title: "E" + i,
      start_time: iso(s),
      end_time: iso(s + 15 + Math.floor(r() * 60)),
      is_moveable: mv(i),
    };
  });
run(
  "5000 fixed",
  { tasks: T(200, () => ({})), existing_events: ev(5000, () => false), planning_horizon_days: 90 },
  20000,
);
run(
  "5000 moveable+500t",
  { tasks: T(500, () => ({})), existing_events: ev(5000, () => true), planning_horizon_days: 90 },
  20000,
);
const { req, a } = run(
  "100t14d",
  {
    tasks: T(100, (i) => ({
      estimated_duration_minutes: 5 * (1 + (i % 20)),
      deadline: i % 3 ? null : iso(2000 + i * 100),
    })),
    planning_horizon_days: 14,
  },
  20000,
);
const t0 = performance.now();
const again = OptimizeRequest.parse({ ...req, existing_schedule: a.scheduled_events });
const p = replan(again, { now: now + 3600000 * 5, seed: 1, iterations: 20000, outOfTime: () => false });
console.log(
  "replan",
  Math.round(performance.now() - t0),
  p.changes.length,
  p.improvements.slice(0, 3),
  verify(again, p, now + 3600000 * 5).length,
);
