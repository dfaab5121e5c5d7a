import { createFlagStore } from "@beq/flags/react";
import { useQueryClient } from "@tanstack/react-query";
import { PlugZap } from "lucide-react";
import { createContext, lazy, type ReactNode, Suspense, useContext, useEffect, useMemo, useState } from "react";
import { FeatureFlagProvider, type Features } from "@/lib/hooks/use-feature-flags";
import { useExposures } from "../features/exposure.ts";
import { createFlagPort } from "../features/port.ts";
import { type Api, trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Blank } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useServices } from "./services.ts";
import { entranceOf, type Person, personOf, PersonProvider, usePerson } from "./person.ts";

const Entrance = lazy(async () => ({ default: (await import("../access/entrance.tsx")).Entrance }));
const Ended = lazy(async () => ({ default: (await import("../access/ended.tsx")).Ended }));
const JoinPage = lazy(async () => ({ default: (await import("../access/join.tsx")).JoinPage }));

// A session that ended elsewhere is noticed when the person comes back to the page.
const stillSureMilliseconds = 60_000;

const Reenter = createContext<() => void>(() => undefined);

/** Asks anew who is here; for whoever has just signed in. */
export function useReenter(): () => void {
  return useContext(Reenter);
}

/** The id of the person at this page. */
export function useUserId(): string {
  const { userId } = usePerson();
  if (userId === null) throw new Error("useUserId needs somebody at the page");
  return userId;
}

/** Finds out who is here before anything else is shown, and gives the pages that person and that person's flags. */
export function Session({ api, children }: { api: Api; children: ReactNode }) {
  const me = trpc.access.me.useQuery(undefined, { staleTime: stillSureMilliseconds });
  const queries = useQueryClient();
  const [before, setBefore] = useState<Person | null>(null);
  const person = useMemo(() => (me.data ? personOf(me.data) : null), [me.data]);
  useProlonged(person === null || person.role === null ? null : person.id);
  // Whoever was signed in stays on the page when the session is over, so that what was typed stays too.
  if (person !== null && person.role !== null && person.id !== before?.id) setBefore(person);

  const reenter = () => void me.refetch().then(() => queries.invalidateQueries());
  const token = invitation();
  if (token !== null) return <Invited token={token} />;
  if (person === null) return me.isPending ? <Starting /> : <Unanswered retry={() => void me.refetch()} />;

  const entrance = entranceOf(person, before);
  if (entrance === "set_up" || entrance === "sign_in")
    return (
      <Entering>
        <main className="h-full">
          <Entrance kind={entrance} person={person} entered={reenter} />
        </main>
      </Entering>
    );

  const shown = entrance === "ended" && before !== null ? before : person;
  return (
    <PersonProvider value={shown}>
      <Reenter value={reenter}>
        <Flags key={`${shown.id} ${shown.userId}`} api={api} userId={shown.userId ?? ""}>
          {children}
        </Flags>
        {entrance === "ended" && (
          <Entering>
            <Ended email={shown.email} entered={reenter} goOn={person.userId === null ? null : () => setBefore(null)} />
          </Entering>
        )}
      </Reenter>
    </PersonProvider>
  );
}

/** Asks for the session once a visit: that is what prolongs it, so that who comes every day need not sign in again. */
function useProlonged(id: string | null): void {
  const { auth } = useServices();
  useEffect(() => {
    if (id !== null) void auth.current();
  }, [auth, id]);
}

/** The entrances come in pieces of their own: who is in already does not load them. */
function Entering({ children }: { children: ReactNode }) {
  return <Suspense fallback={<Starting />}>{children}</Suspense>;
}

function Invited({ token }: { token: string }) {
  return (
    <Entering>
      <JoinPage token={token} done={() => location.replace("/")} />
    </Entering>
  );
}

/** The token of the invitation's link; it stands behind the `#`, so that no server logs it. */
function invitation(): string | null {
  return location.pathname === "/join" && location.hash.length > 1 ? decodeURIComponent(location.hash.slice(1)) : null;
}

function Flags({ api, userId, children }: { api: Api; userId: string; children: ReactNode }) {
  const store = useMemo(() => createFlagStore<Features>(createFlagPort(api, userId)), [api, userId]);
  const onExposure = useExposures(api, userId);
  return (
    <FeatureFlagProvider store={store} onExposure={onExposure}>
      {children}
    </FeatureFlagProvider>
  );
}

function Starting() {
  return (
    <output aria-busy="true" aria-label="BeQ is starting" className="flex h-full flex-col">
      <div className="h-12 border-b border-line bg-surface" />
      <div className="flex min-h-0 flex-1 flex-col gap-3 p-4">
        <Skeleton className="h-8 w-72 max-w-full" />
        <Skeleton className="w-full flex-1" />
      </div>
    </output>
  );
}

function Unanswered({ retry }: { retry: () => void }) {
  const action = (
    <Button kind="primary" onClick={retry}>
      Try again
    </Button>
  );
  return (
    <main className="h-full">
      <Blank icon={<PlugZap aria-hidden />} title="BeQ's server does not answer" action={action}>
        Your tasks are kept on this device. Check that the server is running and try again.
      </Blank>
    </main>
  );
}
