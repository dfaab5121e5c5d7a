import { useState } from "react";
import { attempt } from "../shell/attempt.ts";
import { trpc } from "../trpc.ts";
import { Button } from "../ui/button.tsx";
import { Once } from "../ui/copy.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Modal } from "../ui/modal.tsx";
import { type KeyKind, keyKinds, lifetimes, usualRates } from "./kinds.ts";
import { Form } from "./submit.tsx";

const kinds = Object.keys(keyKinds) as KeyKind[];

/** Creates a key and shows it, once. */
export function NewKey({ close }: { close: () => void }) {
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  if (made) return <Made name={made.name} value={made.key} close={close} />;
  return (
    <Modal title="Create an API key" close={close}>
      <KeyForm made={setMade} close={close} />
    </Modal>
  );
}

function Made({ name, value, close }: { name: string; value: string; close: () => void }) {
  return (
    <Modal title={`${name} is ready`}>
      <Once label="Key" value={value} />
      <p className="my-3 text-sm text-muted">
        It is not shown again: put it where your program finds it. Programs send it as{" "}
        <code>Authorization: Bearer</code> or <code>X-API-Key</code>.
      </p>
      <Button kind="primary" onClick={close}>
        I have it
      </Button>
    </Modal>
  );
}

function KeyForm({ made, close }: { made: (key: { name: string; key: string }) => void; close: () => void }) {
  const utils = trpc.useUtils();
  const create = trpc.access.createKey.useMutation();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<KeyKind>("client");
  const [days, setDays] = useState<number | null>(365);
  const [perSecond, setPerSecond] = useState("");
  const send = () =>
    attempt(async () => {
      const { key } = await create.mutateAsync({
        name: name.trim(),
        kind,
        expires_in_days: days,
        ...(perSecond === "" ? {} : { requests_per_second: Number(perSecond) }),
      });
      void utils.access.keys.invalidate();
      made({ name: name.trim(), key });
    });
  return (
    <Form submit="Create it" send={send} beside={<Button onClick={close}>Cancel</Button>}>
      <TextField
        label="Name"
        hint="what uses it"
        placeholder="Shop web page"
        required
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <Kinds kind={kind} pick={setKind} />
      <div className="grid grid-cols-2 gap-3">
        <SelectField
          label="Ends after"
          value={String(days)}
          onChange={({ target }) => setDays(target.value === "null" ? null : Number(target.value))}
        >
          {lifetimes.map(({ days, label }) => (
            <option key={label} value={String(days)}>
              {label}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Requests per second"
          type="number"
          min={1}
          max={100_000}
          placeholder={`${usualRates[kind].toLocaleString("en")} unless set`}
          value={perSecond}
          onChange={(event) => setPerSecond(event.target.value)}
        />
      </div>
    </Form>
  );
}

function Kinds({ kind: picked, pick }: { kind: KeyKind; pick: (kind: KeyKind) => void }) {
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-xs text-muted">Kind</legend>
      {kinds.map((kind) => (
        <label
          key={kind}
          className="grid cursor-pointer grid-cols-[auto_1fr] gap-x-2 rounded-md border border-line p-2 text-sm has-checked:border-accent has-checked:bg-accent-soft"
        >
          <input
            type="radio"
            name="kind"
            className="mt-0.5 size-4 accent-(--color-accent)"
            checked={kind === picked}
            onChange={() => pick(kind)}
          />
          {keyKinds[kind].title}
          <span className="col-start-2 text-xs text-muted">{keyKinds[kind].sentence}</span>
        </label>
      ))}
    </fieldset>
  );
}
