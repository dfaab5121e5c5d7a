import type { ReactNode } from "react";

type Props = {
  title: string;
  children: ReactNode;
  note?: ReactNode;
  /** The app's own header stands above already. */
  inside?: boolean;
};

/** The page before the pages: one card with one form. */
export function Frame({ title, children, note, inside = false }: Props) {
  return (
    <div className="flex min-h-full flex-col items-center justify-center overflow-y-auto px-4 py-10">
      <div className="w-full max-w-sm">
        {!inside && (
          <div className="mb-5 flex items-center gap-2">
            <img src="/favicon.svg" alt="" className="size-7" />
            <span className="text-lg font-semibold tracking-tight">BeQ</span>
          </div>
        )}
        <section aria-labelledby="entrance" className="rounded-lg border border-line bg-surface p-5">
          <h1 id="entrance" className="mb-3 text-lg font-semibold">
            {title}
          </h1>
          {children}
        </section>
        {note && <div className="mt-3 px-1 text-xs text-pretty text-muted">{note}</div>}
      </div>
    </div>
  );
}
