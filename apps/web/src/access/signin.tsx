import { useState } from "react";
import { useServices } from "../shell/services.ts";
import { TextField } from "../ui/field.tsx";
import { focusHere } from "../ui/focus.ts";
import { authWords } from "./auth.ts";
import { Form } from "./submit.tsx";

type Props = { signedIn: () => void; email?: string | undefined };

/** E-mail and password. What was typed stays when the two do not match. */
export function SignIn({ signedIn, email: known = "" }: Props) {
  const { auth } = useServices();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const send = async () => {
    const outcome = await auth.signIn(email.trim(), password);
    if (!outcome.ok) return authWords(outcome.refusal);
    signedIn();
    return null;
  };
  return (
    <Form submit="Sign in" send={send}>
      <TextField
        label="E-mail"
        type="email"
        autoComplete="username"
        required
        ref={known === "" ? focusHere : undefined}
        value={email}
        onChange={(event) => setEmail(event.target.value)}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        ref={known === "" ? undefined : focusHere}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
      />
    </Form>
  );
}
