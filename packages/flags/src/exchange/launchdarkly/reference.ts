import { pointer } from "../pointer.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";

/** Which attribute of which kind of context is meant. */
export interface Reference {
  readonly kind: string;
  /** The steps into the context of that kind. */
  readonly steps: readonly string[];
}

/**
 * Reads an attribute reference. Beside a kind it is a name, or a path when it begins with `/`; without a kind, as older
 * flags have it, it is always a name. Throws Unsupported for one that LaunchDarkly's SDKs refuse.
 */
export function reference(attribute: string, kind: string | null | undefined, path: Path): Reference {
  const isPath = Boolean(kind) && attribute.startsWith("/");
  const steps = isPath ? attribute.slice(1).split("/").map(unescaped) : [attribute];
  const isBroken = kind && (attribute === "/" || steps[0] === "_meta" || /\/\/|^\/.*~[^01]|~$/.test(attribute));
  if (attribute === "" || isBroken) {
    throw new Unsupported(path, `'${attribute}' is no attribute: LaunchDarkly's SDKs answer with an error`);
  }
  return { kind: kind || "user", steps };
}

function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The attribute that holds the key of the context of a kind. */
export function keyOf(kind: string | null | undefined): string {
  return attributeOf({ kind: kind || "user", steps: ["key"] });
}

/** The name of a reference in our contexts: the user's attributes are ours, other kinds are members named like them. */
export function attributeOf({ kind, steps }: Reference): string {
  if (kind === "user" && steps.length === 1 && steps[0] === "key") return "targetingKey";

  const all = kind === "user" ? steps : [kind, ...steps];
  const [name = ""] = all;
  if (all.length === 1 && !name.startsWith("/")) return name;
  return pointer(all);
}
