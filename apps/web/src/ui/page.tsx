import type { ReactNode } from "react";

type Props = { title: string; lead?: ReactNode; action?: ReactNode; children: ReactNode };

/** A page of text, forms and lists, which scrolls by itself. */
export function Page(props: Props) {
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex max-w-4xl flex-col gap-4 px-4 py-6">
        <Heading {...props} />
        {props.children}
      </div>
    </div>
  );
}

/** What this is, in a sentence, and the one thing to do here. */
export function Heading({ title, lead, action }: Omit<Props, "children">) {
  return (
    <div className="grid items-start justify-items-start gap-x-6 gap-y-2 sm:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <h1 className="text-lg font-semibold">{title}</h1>
        {lead !== undefined && <p className="text-sm text-pretty text-muted">{lead}</p>}
      </div>
      {action}
    </div>
  );
}
