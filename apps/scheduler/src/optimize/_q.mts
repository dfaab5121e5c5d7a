import { GenerateRequest } from "../contract/index.ts";
import { planWeek } from "./index.ts";
const now = Date.parse("2024-03-25T07:00:00Z");
function rnd(n: number, days: number, sd: number, maxq: number) {
  const pr = ["low", "medium", "high", "urgent"];
  const pf = ["morning", "afternoon", "evening", "anytime", undefined];
  let x = sd * 7919 + 12345;
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
      estimated_duration_minutes: 15 * (1 + Math.floor(r() * maxq)),
      deadline: r() < 0.5 ? new Date(now + 86400000 * (0.3 + r() * days)).toISOString() : undefined,
      deadline_is_hard: r() < 0.3,
      preferred_time: pf[Math.floor(r() * 5)],
      dependencies: i > 3 && r() < 0.2 ? ["t" + Math.floor(r() * i)] : [],
    });
  }
  return GenerateRequest.parse({
    user_id: "u",
    tasks,
    user_preferences: { timezone: "Europe/Paris" },
    planning_horizon_days: days,
  });
}
for (const [n, d, mq] of [
  [20, 5, 8],
  [30, 5, 7],
  [60, 12, 8],
] as const)
  for (let sd = 1; sd <= 3; sd++) {
    const req = rnd(n, d, sd, mq);
    const out: any[] = [];
    for (const it of [500, 2000, 8000, 40000]) {
      let c: any;
      const t0 = performance.now();
      const a = planWeek(req, {
        now,
        seed: 1,
        iterations: it,
        outOfTime: () => false,
        onProgress: (p) => {
          c = p.cost;
        },
      });
      out.push(it, c, a.unscheduled.length, Math.round(performance.now() - t0) + "ms");
    }
    console.log(n, d, sd, out.join(" "));
  }
