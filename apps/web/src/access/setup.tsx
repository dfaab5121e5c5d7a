import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";
import { TextField } from "../ui/field.tsx";
import { focusHere } from "../ui/focus.ts";
import { authWords } from "./auth.ts";
import { NewPassword } from "./password.tsx";
import { Form } from "./submit.tsx";

/** The first account of this BeQ; it is an administrator's. Off this machine it takes the token from the log. */
export function SetUp({ tokenNeeded, done }: { tokenNeeded: boolean; done: () => void }) {
  const { auth } = useServices();
  const setUp = trpc.access.setUp.useMutation();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [token, setToken] = useState("");
  const send = () =>
    attempt(async () => {
      await setUp.mutateAsync({ name, email, password, ...(tokenNeeded ? { token: token.trim() } : {}) });
      const outcome = await auth.signIn(email.trim(), password);
      if (!outcome.ok) return `The account is made. ${authWords(outcome.refusal)}`;
      return done();
    });
  return (
    <Form submit="Create the account" send={send}>
      <p className="text-sm text-muted">It manages flags, keys and people. You invite others once you are in.</p>
      {tokenNeeded && (
        <TextField
          label="Set-up code"
          ref={focusHere}
          hint="the server wrote it to its log when it started"
          autoComplete="off"
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
        />
      )}
      <TextField
        label="Your name"
        ref={tokenNeeded ? undefined : focusHere}
        autoComplete="name"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <NewPassword value={password} change={setPassword} />
    </Form>
  );
}
