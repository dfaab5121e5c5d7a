import { isAtLeast, usePerson } from "../shell/person.ts";
import { Page } from "../ui/page.tsx";
import { Export } from "./export.tsx";
import { Import } from "./import.tsx";

/** Flags from another system or another BeQ, and flags for one. */
export function TransferPage() {
  const person = usePerson();
  return (
    <Page
      title="Import and export"
      lead="Move flags in from another system, promote them from one BeQ to the next, or keep a copy."
    >
      {isAtLeast(person, "editor") && <Import />}
      <Export />
    </Page>
  );
}
