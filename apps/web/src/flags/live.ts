import { useQueryClient } from "@tanstack/react-query";
import { useCommands, useServices } from "../shell/services.ts";
import { trpc } from "../trpc.ts";

/** Asks anew what is on the page whenever somebody saves a change, for as long as the component is on the screen. */
export function useLiveFlags(): void {
  const queries = useQueryClient();
  const { toasts } = useServices();
  trpc.flags.onChange.useSubscription(undefined, {
    onData: () => void queries.invalidateQueries({ queryKey: [["flags"]] }),
  });
  const undo = () => {
    const last = toasts.get().findLast((toast) => toast.undo);
    if (!last?.undo) return toasts.show("There is nothing to undo here. The history takes back any change.");
    toasts.dismiss(last.id);
    last.undo();
  };
  useCommands([{ id: "undo-done", title: "Undo what was just done", section: "Flags", keys: "u", run: undo }]);
}
