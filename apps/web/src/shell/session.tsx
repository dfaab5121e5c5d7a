import { createFlagStore } from "@beq/flags/react";
import { KeyRound, PlugZap } from "lucide-react";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import { FeatureFlagProvider, type Features } from "@/lib/hooks/use-feature-flags";
import { createFlagPort } from "../features/port.ts";
import { failureOf } from "../planner/failure.ts";
import { type Api, trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Blank } from "../ui/notice.tsx";
import { Skeleton } from "../ui/skeleton.tsx";

const User = createContext<string | null>(null);

/** The id of the person at this page. */
export function useUserId(): string {
  const userId = useContext(User);
  if (userId === null) throw new Error("useUserId needs a Session above it");
  return userId;
}

/** Finds out who is here before anything else is shown, and gives the pages that person's flags. */
export function Session({ api, children }: { api: Api; children: ReactNode }) {
  const me = trpc.access.me.useQuery({}, { staleTime: Infinity });
  if (me.isPending) return <Starting />;
  if (me.error)
    return <Refused unauthenticated={failureOf(me.error).kind === "unauthenticated"} retry={() => void me.refetch()} />;
  if (me.data.user_id === null) return <Refused unauthenticated retry={() => void me.refetch()} />;

  return (
    <User value={me.data.user_id}>
      <Flags api={api} userId={me.data.user_id}>
        {children}
      </Flags>
    </User>
  );
}

function Flags({ api, userId, children }: { api: Api; userId: string; children: ReactNode }) {
  const store = useMemo(() => createFlagStore<Features>(createFlagPort(api, userId)), [api, userId]);
  return <FeatureFlagProvider store={store}>{children}</FeatureFlagProvider>;
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

function Refused({ unauthenticated, retry }: { unauthenticated: boolean; retry: () => void }) {
  const action = (
    <Button kind="primary" onClick={retry}>
      Try again
    </Button>
  );
  return (
    <main className="h-full">
      {unauthenticated ? (
        <Blank icon={<KeyRound aria-hidden />} title="This BeQ asks for credentials" action={action}>
          It does not run in open mode, or you reach it through a proxy. Open it on the machine that it runs on, at its
          own address, or call its API with the server key.
        </Blank>
      ) : (
        <Blank icon={<PlugZap aria-hidden />} title="BeQ's server does not answer" action={action}>
          Your tasks are kept on this device. Check that the server is running and try again.
        </Blank>
      )}
    </main>
  );
}
