import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { CalendarFile } from "./draft.ts";
import type { CalendarEvent, Window } from "./files/ics.ts";

export type Expanded = { file: CalendarFile; events: CalendarEvent[] };

const none: Expanded[] = [];

/** The calendars' occurrences within the window; the reader of calendar files is loaded when there is one. */
export function useExpanded(
  calendars: readonly CalendarFile[],
  window: Window,
): { expanded: Expanded[]; isReading: boolean } {
  const { data = none, isFetching } = useQuery({
    // A file's id stands for its text: reading it again gives it a new one.
    queryKey: ["calendars", calendars.map(({ id }) => id), window],
    queryFn: async () => {
      const { readIcs } = await import("./files/ics.ts");
      return calendars.map((file) => ({ file, events: readIcs(file.text, window).events }));
    },
    enabled: calendars.length > 0,
    staleTime: Infinity,
    networkMode: "always",
    placeholderData: keepPreviousData,
  });
  return { expanded: calendars.length > 0 ? data : none, isReading: isFetching };
}
