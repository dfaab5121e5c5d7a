import { type Conflict, differences } from "@beq/flags";
import { useMemo, useState } from "react";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import type { Document } from "../wire.ts";
import type { Current } from "../draft/draft.ts";
import { Lines } from "./lines.tsx";
import { decided, settle, type Side } from "./settle.ts";
import { placeInWords, valueInWords } from "./wording.ts";

type Props<T extends Document> = {
  from: T | null;
  mine: T;
  theirs: Current<T>;
  /** Who saved the other version, where that is known. */
  author: string;
  close: () => void;
  /** Goes on with this, based on their version; null: it stays removed. */
  settled: (value: T | null) => void;
};

/** Two people, one flag: what both did, brought together as far as it goes; the rest is chosen field by field. */
export function ConflictDialog<T extends Document>({ from, mine, theirs, author, close, settled }: Props<T>) {
  const settlement = useMemo(() => settle(from, mine, theirs.value), [from, mine, theirs.value]);
  const { conflicts } = settlement;
  const [sides, setSides] = useState<readonly (Side | undefined)[]>([]);
  const open = conflicts.filter((_, index) => sides[index] === undefined).length;
  const done = () =>
    settled(
      decided(
        settlement,
        conflicts.map((_, index) => sides[index] ?? "theirs"),
      ),
    );
  return (
    <Modal title={`${author} saved this meanwhile`} close={close} wide>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (open === 0) done();
        }}
        className="flex flex-col gap-4"
      >
        <div className="grid gap-4 sm:grid-cols-2">
          <Changes title="Their changes" from={from} to={theirs.value} />
          <Changes title="Your changes" from={from} to={mine} />
        </div>
        {conflicts.length === 0 ? (
          <p className="text-sm">They do not touch each other: both are kept.</p>
        ) : (
          <section aria-label="Changed by both" className="flex flex-col gap-2">
            <h3 className="text-xs font-medium text-muted">
              Changed by both: which one is to hold? Everything else is kept from both.
            </h3>
            {conflicts.map((conflict, index) => (
              <Choice
                key={conflict.path.join("/")}
                conflict={conflict}
                side={sides[index]}
                pick={(side) => setSides(conflicts.map((_, at) => (at === index ? side : sides[at])))}
              />
            ))}
          </section>
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" kind="primary" disabled={open > 0}>
            {open > 0 ? (open === 1 ? "One choice is left" : `${open} choices are left`) : "Go on with both"}
          </Button>
          <Button kind="quiet" onClick={close}>
            Not now
          </Button>
        </div>
      </form>
    </Modal>
  );
}

function Changes<T extends Document>({ title, from, to }: { title: string; from: T | null; to: T | null }) {
  const found = differences<Document>(from ?? undefined, to ?? undefined);
  return (
    <section aria-label={title} className="min-w-0">
      <h3 className="mb-1.5 text-xs font-medium text-muted">{title}</h3>
      <Lines label={title} differences={found} />
    </section>
  );
}

type ChoiceProps = { conflict: Conflict; side: Side | undefined; pick: (side: Side) => void };

function Choice({ conflict, side, pick }: ChoiceProps) {
  const { path } = conflict;
  const choices = [
    { value: "theirs", words: "Theirs", held: conflict.theirs },
    { value: "mine", words: "Yours", held: conflict.mine },
  ] as const;
  return (
    <fieldset className="rounded-md border border-line p-2.5">
      <legend className="px-1 text-sm font-medium">{placeInWords(path)}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {choices.map(({ value, words, held }) => (
          <label
            key={value}
            className="flex cursor-pointer gap-2 rounded-md border border-line p-2 text-sm has-checked:border-accent has-checked:bg-accent-soft has-checked:text-accent-ink"
          >
            <input
              type="radio"
              name={path.join("/")}
              checked={side === value}
              onChange={() => pick(value)}
              className="mt-0.5 size-4 shrink-0 accent-(--color-accent)"
            />
            <span className="min-w-0 break-words">
              <span className="block text-xs opacity-80">{words}</span>
              {valueInWords(path, held)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
