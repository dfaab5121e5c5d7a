import { defaults, environmentLayer, type Registry } from "@beq/flags";
import type { Ground } from "./layers.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** The ground, or every problem of the variables, each in one line. */
export type Read =
  | { ok: true; ground: Ground; warnings: readonly string[] }
  | { ok: false; problems: readonly string[]; warnings: readonly string[] };

/** What the code and the `FEATURE_*` variables say of the declared flags. */
export function groundOf(registry: Registry, variables: Variables): Read {
  const layer = environmentLayer(registry, variables);
  if (!layer.ok) return layer;

  const said = Object.entries(variables).flatMap(([name, value]) =>
    name.startsWith("FEATURE_") && value?.trim() ? [[name, value] as const] : [],
  );
  const ground = { code: defaults(registry), environment: layer.flags, variables: Object.fromEntries(said) };
  return { ok: true, ground, warnings: layer.warnings };
}
