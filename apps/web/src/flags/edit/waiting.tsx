import { Link } from "@tanstack/react-router";
import { trpc } from "../../trpc.ts";
import { Notice } from "../../ui/notice.tsx";

/** Changes of this flag that wait for their hour or for a second person. */
export function Waiting({ flagKey }: { flagKey: string }) {
  const { data } = trpc.flags.plans.useQuery({ state: "open", key: flagKey });
  const plans = data?.items ?? [];
  if (plans.length === 0) return null;
  return (
    <Notice tone="info" title={plans.length === 1 ? "A change waits" : `${plans.length} changes wait`}>
      <ul>
        {plans.map((plan) => (
          <li key={plan.id}>
            {plan.author.name}
            {plan.comment && `: “${plan.comment}”`},{" "}
            {plan.local_time
              ? `planned for ${plan.local_time.replace("T", " ")} in ${plan.zone?.replaceAll("_", " ")}`
              : "until somebody else approves it"}
          </li>
        ))}
      </ul>
      <Link to="/review" className="font-medium text-accent underline">
        Review
      </Link>
    </Notice>
  );
}
