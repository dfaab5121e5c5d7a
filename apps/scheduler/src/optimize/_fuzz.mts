import fc from "fast-check";
import { OptimizeRequest } from "../contract/index.ts";
import { search } from "./builders.ts";
import { planWeek, replan, verify } from "./index.ts";
import { weekIn, weeks } from "./_gen.ts";
const seed = Number(process.argv[2] ?? 1),
  runs = Number(process.argv[3] ?? 20);
const seen = new Map<string, number>();
function report(kind: string, zone: string, details: any, req: any) {
  const n = (seen.get(kind) ?? 0) + 1;
  seen.set(kind, n);
  if (n <= 1) {
    console.log("###", kind, zone, JSON.stringify(details).slice(0, 600));
    console.log(JSON.stringify(req).slice(0, 4000));
  }
}
for (const [zone, from] of weeks)
  for (const re of [false, true]) {
    const r = fc.check(
      fc.property(
        weekIn(zone, Date.parse(from)),
        fc.boolean(),
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.boolean(), { minLength: 10, maxLength: 10 }),
        ({ request, now }, lc, h, pins) => {
          try {
            const plan = planWeek(request, search(now, 40));
            if (!re) {
              const v = verify(request, plan, now);
              if (v.length) throw Object.assign(new Error("V:" + [...new Set(v.map((x) => x.rule))].join()), { d: v });
              return;
            }
            const later = now + h * 3600000;
            const again = OptimizeRequest.parse({
              ...request,
              existing_schedule: plan.scheduled_events.map((e, i) => ({
                ...e,
                pinned: e.type === "task" && pins[i % 10],
              })),
              least_change: lc,
            });
            const p2 = replan(again, search(later, 30));
            const v = verify(again, p2, later);
            if (v.length)
              throw Object.assign(new Error("RV:" + [...new Set(v.map((x) => x.rule))].join()), {
                d: v,
                later,
                again,
                p2,
              });
          } catch (e: any) {
            throw e;
          }
        },
      ),
      { seed, numRuns: runs, endOnFailure: false },
    );
    if (r.failed) {
      const e: any = (r as any).errorInstance;
      report(
        String(e?.message) + (e?.d ? "" : String(e?.stack).split("\n").slice(1, 4).join("|")),
        zone,
        e?.d,
        r.counterexample,
      );
    }
  }
console.log([...seen]);
