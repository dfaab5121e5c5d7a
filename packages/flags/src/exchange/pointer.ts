/** An attribute by its way into nested values, as ours are named: a JSON pointer (RFC 6901). */
export function pointer(steps: readonly string[]): string {
  return steps.map((step) => `/${step.replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

/** An attribute by its whole name, which must not be taken for a pointer. */
export function named(attribute: string): string {
  return attribute.startsWith("/") ? pointer([attribute]) : attribute;
}

/** `address.country` of a dotted path is `/address/country` in ours. */
export function dotted(path: string): string {
  return path.includes(".") || path.startsWith("/") ? pointer(path.split(".")) : path;
}
