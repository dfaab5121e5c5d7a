import { TextField } from "../ui/field.tsx";

/** The shortest password that the server takes. */
const shortestPassword = 10;

/** A password that is made up now, typed once: it can be looked at instead of typed twice. */
export function NewPassword({ label = "Password", value, change }: Props) {
  return (
    <TextField
      label={label}
      hint={`at least ${shortestPassword} characters`}
      type="password"
      autoComplete="new-password"
      required
      minLength={shortestPassword}
      maxLength={128}
      value={value}
      onChange={(event) => change(event.target.value)}
    />
  );
}

type Props = { label?: string; value: string; change: (value: string) => void };
