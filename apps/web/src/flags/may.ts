import { isAtLeast, usePerson } from "../shell/person.ts";
import { trpc } from "../trpc.ts";

/** Whether the person at this page may change flags here, and if not, why not. */
export function useMayEdit(): { may: boolean; why: string | null } {
  const person = usePerson();
  const { data } = trpc.flags.list.useQuery();
  if (!isAtLeast(person, "editor")) return { may: false, why: "You may look at flags. An editor may change them." };
  if (data?.readonly) return { may: false, why: "This BeQ takes its flags from its environment (FLAGS_READONLY)." };
  return { may: true, why: null };
}
