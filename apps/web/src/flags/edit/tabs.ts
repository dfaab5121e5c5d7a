export const tabs = ["rules", "settings", "try", "history", "json"] as const;
export type Tab = (typeof tabs)[number];

/** The view that an address names. */
export function tabIn(search: Readonly<Record<string, unknown>>): { tab?: Tab } {
  const tab = tabs.find((name) => name === search["tab"]);
  return tab ? { tab } : {};
}
