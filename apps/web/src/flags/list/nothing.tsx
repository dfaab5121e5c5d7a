import { Flag, SearchX } from "lucide-react";
import { Button } from "../../ui/button.tsx";
import { Blank, Notice } from "../../ui/notice.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";

/** The list cannot be had. */
export function Unanswered({ words, retry }: { words: string; retry: () => void }) {
  return (
    <div className="p-4">
      <Notice tone="error" title={words} action={<Button onClick={retry}>Try again</Button>} />
    </div>
  );
}

/** No flag is there, or none that the filter lets through. */
export function Nothing({
  isFiltered,
  clear,
  create,
}: {
  isFiltered: boolean;
  clear: () => void;
  create: (() => void) | null;
}) {
  if (isFiltered)
    return (
      <Blank
        icon={<SearchX aria-hidden />}
        title="No flag is like that"
        action={<Button onClick={clear}>Show all of them</Button>}
      >
        Search looks at keys, descriptions, tags and owners.
      </Blank>
    );
  const action = create && (
    <Button kind="primary" onClick={create}>
      New flag
    </Button>
  );
  return (
    <Blank icon={<Flag aria-hidden />} title="No flags yet" action={action}>
      A flag lets you turn something on for a person, a segment or half a percent, and off again at once.
    </Blank>
  );
}

/** The list is on its way. */
export function Waiting() {
  return (
    <output aria-label="Loading the flags" className="flex flex-col gap-2 p-4">
      {["a", "b", "c", "d", "e", "f", "g", "h"].map((key) => (
        <Skeleton key={key} className="h-11" />
      ))}
    </output>
  );
}
