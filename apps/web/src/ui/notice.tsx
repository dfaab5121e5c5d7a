import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const tones = {
  error: { look: "border-danger/40 bg-danger-soft", icon: CircleAlert, ink: "text-danger" },
  warning: { look: "border-warn/40 bg-warn-soft", icon: TriangleAlert, ink: "text-warn" },
  info: { look: "border-line bg-sunken", icon: Info, ink: "text-muted" },
};

/** A boxed message in the flow of the page: what happened, what was kept, what to do. */
export function Notice(props: { tone: keyof typeof tones; title: string; children?: ReactNode; action?: ReactNode }) {
  const { look, icon: Icon, ink } = tones[props.tone];
  return (
    <div
      role={props.tone === "error" ? "alert" : "status"}
      className={`flex gap-2.5 rounded-md border p-3 text-sm ${look}`}
    >
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{props.title}</p>
        {props.children && <div className="text-muted">{props.children}</div>}
        {props.action && <div className="mt-2 flex flex-wrap gap-2">{props.action}</div>}
      </div>
    </div>
  );
}

type BlankProps = {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  action?: ReactNode;
  /** A part of a page that has its own heading. */
  part?: boolean;
};

/** A whole page, or a part of one, that has nothing else to show. */
export function Blank(props: BlankProps) {
  const Title = props.part ? "h2" : "h1";
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-2 px-6 py-20 text-center">
      <div className="mb-1 text-faint [&_svg]:size-8 [&_svg]:stroke-[1.5]">{props.icon}</div>
      <Title className="text-lg font-semibold text-balance">{props.title}</Title>
      <div className="text-sm text-pretty text-muted">{props.children}</div>
      {props.action && <div className="mt-3 flex gap-2">{props.action}</div>}
    </div>
  );
}
