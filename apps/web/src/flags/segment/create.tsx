import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useServices } from "../../shell/services.ts";
import { Button } from "../../ui/button.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Modal } from "../../ui/modal.tsx";
import { keep } from "../draft/kept.ts";

/** Begins a new segment. It is kept on this device until it is saved. */
export function Create({ taken, close }: { taken: readonly string[]; close: () => void }) {
  const { storage } = useServices();
  const navigate = useNavigate();
  const [name, setName] = useState("");
  const [kind, setKind] = useState<"condition" | "list">("condition");
  const problem = taken.includes(name) ? "There is a segment of this name already" : undefined;
  const create = () => {
    const value = kind === "list" ? { ids: [] } : { when: { all: [] } };
    keep(storage, `segment.${name}`, { base: 0, from: null, value });
    close();
    void navigate({ to: "/segments/$name", params: { name } });
  };
  return (
    <Modal title="New segment" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name !== "" && !problem) create();
        }}
        className="flex flex-col gap-3"
      >
        <TextField
          label="Name"
          autoComplete="off"
          maxLength={200}
          placeholder="beta_testers"
          value={name}
          problem={problem}
          onChange={({ target }) => setName(target.value.trimStart())}
        />
        <SelectField
          label="It holds"
          value={kind}
          onChange={({ target }) => setKind(target.value === "list" ? "list" : "condition")}
        >
          <option value="condition">whoever a condition holds for</option>
          <option value="list">whoever is in a list of ids</option>
        </SelectField>
        <div className="flex gap-2">
          <Button type="submit" kind="primary" disabled={name.trim() === "" || problem !== undefined}>
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
