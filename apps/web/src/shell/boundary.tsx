import { CircleAlert } from "lucide-react";
import { Component, type ReactNode } from "react";
import { Button } from "../ui/button.tsx";
import { Blank } from "../ui/notice.tsx";

/** Catches a defect of ours in what it wraps; the rest of the page and what was typed stay. */
export class Boundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <Broken retry={() => this.setState({ failed: false })} /> : this.props.children;
  }
}

export function Broken({ retry }: { retry: () => void }) {
  return (
    <Blank
      icon={<CircleAlert aria-hidden />}
      title="This page ran into a defect of ours"
      action={
        <>
          <Button kind="primary" onClick={retry}>
            Try again
          </Button>
          <Button onClick={() => location.reload()}>Reload</Button>
        </>
      }
    >
      Your tasks are kept on this device. Try again; if it happens once more, reload the page.
    </Blank>
  );
}
