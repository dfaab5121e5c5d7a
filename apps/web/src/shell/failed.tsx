import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { refusalOf, wordsOf } from "./refusal.ts";

/** In the place of what could not be loaded. */
export function Failed({ what, error, retry }: { what: string; error: unknown; retry: () => void }) {
  const action = (
    <Button size="small" onClick={retry}>
      Try again
    </Button>
  );
  return (
    <Notice tone="error" title={`${what} cannot be shown right now`} action={action}>
      {wordsOf(refusalOf(error))}
    </Notice>
  );
}
