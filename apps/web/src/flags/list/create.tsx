import type { FlagType } from "@beq/flags";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useServices } from "../../shell/services.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { newFlag } from "../draft/change.ts";
import { keep } from "../draft/kept.ts";

type Props = { taken: readonly string[]; close: () => void };

const types: Record<FlagType, string> = {
  boolean: "on or off",
  string: "one of several texts",
  number: "a number",
  json: "a JSON value",
};

/** Begins a new flag. It is kept on this device until it is saved. */
export function Create({ taken, close }: Props) {
  const { storage } = useServices();
  const navigate = useNavigate();
  const [key, setKey] = useState("");
  const [type, setType] = useState<FlagType>("boolean");
  const [description, setDescription] = useState("");
  const problem = key === "" ? undefined : keyProblem(key, taken);
  const create = () => {
    keep(storage, `flag.${key}`, { base: 0, from: null, value: newFlag(type, description.trim()) });
    close();
    void navigate({ to: "/flags/$key", params: { key } });
  };
  return (
    <Modal title="New flag" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (key !== "" && !problem) create();
        }}
        className="flex flex-col gap-3"
      >
        <TextField
          label="Key"
          hint="what the code asks for; it cannot be changed later"
          autoComplete="off"
          spellCheck={false}
          placeholder="new_checkout"
          className="[&_input]:font-mono"
          value={key}
          problem={problem}
          onChange={({ target }) => setKey(target.value.trim())}
        />
        <SelectField
          label="It answers"
          value={type}
          // The options are types.
          onChange={({ target }) => setType(target.value as FlagType)}
        >
          {Object.entries(types).map(([name, words]) => (
            <option key={name} value={name}>
              {words}
            </option>
          ))}
        </SelectField>
        <TextField
          label="What it is for"
          value={description}
          maxLength={2_000}
          onChange={({ target }) => setDescription(target.value)}
        />
        <div className="flex gap-2">
          <Button type="submit" kind="primary" disabled={key === "" || problem !== undefined}>
            Go on
          </Button>
          <Button kind="quiet" onClick={close}>
            Cancel
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function keyProblem(key: string, taken: readonly string[]): string | undefined {
  if (taken.includes(key)) return "There is a flag with this key already";
  return /^[A-Za-z0-9][A-Za-z0-9_.-]{0,199}$/.test(key)
    ? undefined
    : "Letters, digits, _ - and . only, as in new_checkout";
}
