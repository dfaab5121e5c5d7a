import { named } from "../pointer.ts";
import type { Path } from "../report.ts";
import { Unsupported } from "../unsupported.ts";

/** What a document says of its environment. */
export interface Environment {
  readonly key: string;
  readonly name: string;
}

/** What a condition compares: an attribute of ours, or something that is known already. */
export type Subject = { readonly attribute: string } | { readonly known: string };

const TRAIT = /^\$\.identity\.traits(?:\.(.+)|\['(.+)'\])$/;

/** A trait, by its name or as a path; the identifier is our targeting key. Throws Unsupported for other paths. */
export function subjectOf(property: string, environment: Environment, path: Path): Subject {
  if (!property.startsWith("$.")) return trait(property, path);
  if (property === "$.identity.identifier") return { attribute: "targetingKey" };
  if (property === "$.environment.name") return { known: environment.name };
  if (property === "$.environment.key") return { known: environment.key };

  const [, plain, quoted] = TRAIT.exec(property) ?? [];
  const name = plain ?? quoted;
  if (name === undefined) throw new Unsupported(path, `the path '${property}' leads to nothing that a context has`);
  return trait(name, path);
}

function trait(name: string, path: Path): Subject {
  if (name === "targetingKey")
    throw new Unsupported(path, "a trait called targetingKey would be taken for the identifier");
  return { attribute: named(name) };
}
