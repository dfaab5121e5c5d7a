import { createContext, useContext, useEffect, useId } from "react";

type Report = (id: string, message: string | null) => void;

const Context = createContext<Report>(() => undefined);

/** Hears of texts on the page that are no values yet, and so are not in the draft. */
export const BrokenProvider = Context.Provider;

/** Says for as long as it is so that a text of the calling component cannot be saved. */
export function useBroken(message: string | null): void {
  const report = useContext(Context);
  const id = useId();
  useEffect(() => {
    report(id, message);
    return () => report(id, null);
  }, [report, id, message]);
}
