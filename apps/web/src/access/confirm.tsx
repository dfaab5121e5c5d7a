import type { ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Modal } from "../ui/modal.tsx";
import { Form, type Sent } from "./submit.tsx";

type Props = { title: string; word: string; keep?: string; send: () => Sent; close: () => void; children: ReactNode };

/** Asks before something that cannot be undone, and says in place why it could not be done. */
export function Confirm({ title, word, keep = "Cancel", send, close, children }: Props) {
  return (
    <Modal title={title} close={close}>
      <Form submit={word} kind="danger" send={send} beside={<Button onClick={close}>{keep}</Button>}>
        <p className="text-sm text-muted">{children}</p>
      </Form>
    </Modal>
  );
}
