import { Outlet } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { usePerson } from "../shell/person.ts";
import { useReenter } from "../shell/session.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const Entrance = lazy(async () => ({ default: (await import("./entrance.tsx")).Entrance }));

/** The pages that manage something: in open mode too, they ask who is there. */
export function MembersOnly() {
  const person = usePerson();
  const reenter = useReenter();
  if (person.role !== null) return <Outlet />;
  return (
    <div className="h-full overflow-y-auto">
      <Suspense fallback={<Skeleton className="mx-auto mt-24 h-80 max-w-sm" />}>
        <Entrance inside kind={person.setUpNeeded ? "set_up" : "sign_in"} person={person} entered={reenter} />
      </Suspense>
    </div>
  );
}
