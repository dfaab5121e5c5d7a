import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import { authWords } from "./auth.ts";
import { Frame } from "./frame.tsx";
import { NewPassword } from "./password.tsx";
import { Form } from "./submit.tsx";

/** Where an invitation's link leads: the invited person makes up a password and is in. */
export function JoinPage({ token, done }: { token: string; done: () => void }) {
  const { auth } = useServices();
  const join = trpc.access.join.useMutation();
  const [password, setPassword] = useState("");
  const send = () =>
    attempt(async () => {
      const { email } = await join.mutateAsync({ token, password });
      const outcome = await auth.signIn(email, password);
      if (!outcome.ok) return `You have joined. ${authWords(outcome.refusal)}`;
      return done();
    });
  return (
    <main className="h-full">
      <Frame
        title="Join this BeQ"
        note="An invitation works once and for seven days. If yours no longer does, ask for another one."
      >
        <Form submit="Join" send={send}>
          <p className="text-sm text-muted">You were invited. Make up a password to go in.</p>
          <NewPassword value={password} change={setPassword} />
        </Form>
      </Frame>
    </main>
  );
}
