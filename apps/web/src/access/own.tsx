import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNow } from "../shell/now.ts";
import { usePerson } from "../shell/person.ts";
import { useServices } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { TextField } from "../ui/field.tsx";
import { Item, List, Waiting } from "../ui/list.tsx";
import { Notice } from "../ui/notice.tsx";
import { Heading } from "../ui/page.tsx";
import { When } from "../ui/when.tsx";
import { authWords, type OwnSession } from "./auth.ts";
import { deviceOf } from "./device.ts";
import { NewPassword } from "./password.tsx";
import { Form } from "./submit.tsx";

/** One's own account: password, and where one is signed in. */
export function AccountPage() {
  const { name, email, role } = usePerson();
  return (
    <>
      <Heading title="Your account" lead={`${name ?? ""} · ${email ?? ""} · ${role ?? ""}`} />
      <Sessions />
      <Password />
    </>
  );
}

function Sessions() {
  const { auth, toasts } = useServices();
  const now = useNow();
  const sessions = useQuery({
    queryKey: ["own sessions"],
    queryFn: async () => {
      const [all, current] = await Promise.all([auth.sessions(), auth.current()]);
      if (!all.ok) throw new Error(authWords(all.refusal));
      return { all: all.value, here: current.ok ? current.value?.session.token : undefined };
    },
  });
  const end = async (session: OwnSession) => {
    const outcome = await auth.endSession(session.token);
    toasts.show(outcome.ok ? `${deviceOf(session.userAgent)} is signed out.` : authWords(outcome.refusal));
    void sessions.refetch();
  };
  const endOthers = async () => {
    const outcome = await auth.endOthers();
    toasts.show(outcome.ok ? "You are signed out everywhere else." : authWords(outcome.refusal));
    void sessions.refetch();
  };
  if (sessions.isPending) return <Waiting />;
  if (sessions.error) return <Notice tone="error" title={sessions.error.message} />;

  const { here } = sessions.data;
  const all = sessions.data.all.toSorted(
    (a, b) => Number(b.token === here) - Number(a.token === here) || b.createdAt.localeCompare(a.createdAt),
  );
  return (
    <section className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <h2 className="font-medium">Where you are signed in</h2>
        {all.length > 1 && (
          <Button size="small" onClick={() => void endOthers()}>
            Sign out everywhere else
          </Button>
        )}
      </div>
      <List label="Sessions">
        {all.map((session) => (
          <Item
            key={session.id}
            actions={
              session.token === here ? (
                <span className="text-xs text-muted">This one</span>
              ) : (
                <Button size="small" onClick={() => void end(session)}>
                  Sign out
                </Button>
              )
            }
          >
            <p className="font-medium">{deviceOf(session.userAgent)}</p>
            <p className="text-xs text-muted">
              Signed in <When at={session.createdAt} now={now} />, ends <When at={session.expiresAt} now={now} />
            </p>
          </Item>
        ))}
      </List>
    </section>
  );
}

function Password() {
  const { auth, toasts } = useServices();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const send = async () => {
    const outcome = await auth.changePassword(current, next);
    if (!outcome.ok) return authWords(outcome.refusal);
    setCurrent("");
    setNext("");
    toasts.show("Your password is changed; you are signed out everywhere else.");
    return null;
  };
  return (
    <section className="max-w-sm">
      <h2 className="mb-2 font-medium">Password</h2>
      <Form submit="Change password" send={send}>
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          required
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <NewPassword label="New password" value={next} change={setNext} />
      </Form>
    </section>
  );
}
