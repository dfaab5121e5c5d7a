import { type FormEvent, type ReactNode, useState } from "react";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";

/** What sending a form came to: null when it was done, else what to tell the person. */
export type Sent = Promise<string | null>;

type Props = {
  submit: string;
  send: () => Sent;
  children: ReactNode;
  beside?: ReactNode;
  ready?: boolean;
  kind?: "primary" | "danger";
};

/** A form that sends once at a time, says why it could not, and keeps what was typed. */
export function Form({ submit, send, children, beside, ready = true, kind = "primary" }: Props) {
  const [isSending, setSending] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const submitted = async (event: FormEvent) => {
    event.preventDefault();
    if (isSending || !ready) return;
    setSending(true);
    setRefused(null);
    setRefused(await send());
    setSending(false);
  };
  return (
    <form onSubmit={(event) => void submitted(event)} className="flex flex-col gap-3">
      {children}
      {refused !== null && <Notice tone="error" title={refused} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" kind={kind} disabled={isSending || !ready}>
          {submit}
        </Button>
        {beside}
      </div>
    </form>
  );
}
