import { useServices } from "../shell/services.ts";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { SignIn } from "./signin.tsx";

type Props = { email: string | null; entered: () => void; goOn: (() => void) | null };

/** Above a page whose session is over; the page below keeps what was typed into it. */
export function Ended({ email, entered, goOn }: Props) {
  const { toasts } = useServices();
  const back = () => {
    entered();
    toasts.show("Signed in again. What you typed is still here.");
  };
  return (
    <Modal title="Your session has ended">
      <p className="mb-3 text-sm text-muted">Sign in again to go on. What you typed on this page is kept.</p>
      <SignIn email={email ?? undefined} signedIn={back} />
      {goOn && (
        <Button kind="quiet" size="small" className="mt-3" onClick={goOn}>
          Go on without an account
        </Button>
      )}
    </Modal>
  );
}
