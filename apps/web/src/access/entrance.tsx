import type { Person } from "../shell/person.ts";
import { Frame } from "./frame.tsx";
import { SetUp } from "./setup.tsx";
import { SignIn } from "./signin.tsx";

type Props = { kind: "set_up" | "sign_in"; person: Person; inside?: boolean; entered: () => void };

/** What somebody without an account sees: the first account is made, or an existing one signs in. */
export function Entrance({ kind, person, inside = false, entered }: Props) {
  return kind === "set_up" ? (
    <Frame
      inside={inside}
      title="Create the first account"
      note={
        person.kind === "local"
          ? "Until then whoever sits at this machine may plan, and nobody may manage flags."
          : undefined
      }
    >
      <SetUp tokenNeeded={person.setUpTokenNeeded} done={entered} />
    </Frame>
  ) : (
    <Frame inside={inside} title="Sign in" note="No account? Somebody who administers this BeQ can invite you.">
      <SignIn signedIn={entered} />
    </Frame>
  );
}
