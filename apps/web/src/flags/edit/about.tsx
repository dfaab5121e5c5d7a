import type { Flag } from "@beq/flags";
import { AreaField, SelectField, TextField } from "../../ui/field.tsx";
import { problemAt, useAround } from "../condition/around.ts";
import { Values } from "../condition/values.tsx";

/** What the flag is for and whose it is. */
export function About({ flag, change }: { flag: Flag; change: (next: Flag) => void }) {
  const { problems } = useAround();
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <AreaField
        label="Description"
        rows={2}
        className="sm:col-span-2"
        value={flag.description}
        problem={problemAt(problems, ["description"])}
        onChange={({ target }) => change({ ...flag, description: target.value })}
      />
      <TextField
        label="Owner"
        placeholder="a person or a team"
        value={flag.owner}
        problem={problemAt(problems, ["owner"])}
        onChange={({ target }) => change({ ...flag, owner: target.value })}
      />
      <SelectField
        label="Lifetime"
        value={flag.lifetime}
        onChange={({ target }) =>
          change({ ...flag, lifetime: target.value === "temporary" ? "temporary" : "permanent" })
        }
      >
        <option value="temporary">temporary: to be removed once rolled out</option>
        <option value="permanent">permanent</option>
      </SelectField>
      <div className="sm:col-span-2">
        <p aria-hidden className="mb-1 text-xs text-muted">
          Tags
        </p>
        <div className="flex">
          <Values
            label="Tags"
            kind="string"
            values={flag.tags}
            problem={problemAt(problems, ["tags"], "below")}
            onChange={(tags) => change({ ...flag, tags: tags.map(String) })}
          />
        </div>
      </div>
    </div>
  );
}
