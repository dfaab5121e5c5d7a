type Props<T extends string> = {
  label: string;
  tabs: readonly { id: T; words: string; note?: string | undefined }[];
  tab: T;
  pick: (tab: T) => void;
};

/** Views of one thing; each is a button that says whether it is the one shown. */
export function Tabs<T extends string>({ label, tabs, tab, pick }: Props<T>) {
  return (
    <nav aria-label={label} className="flex gap-4 overflow-x-auto border-b border-line">
      {tabs.map(({ id, words, note }) => (
        <button
          key={id}
          type="button"
          aria-current={id === tab ? "true" : undefined}
          onClick={() => pick(id)}
          className="-mb-px h-9 shrink-0 border-b-2 border-transparent text-sm text-muted -outline-offset-2 hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
        >
          {words}
          {note && <span className="ml-1 text-xs font-normal text-faint">{note}</span>}
        </button>
      ))}
    </nav>
  );
}
