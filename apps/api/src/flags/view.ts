import type { z } from "zod";
import type { Services } from "../context.ts";
import { Failure } from "../failure.ts";
import { variablesOf } from "./layers.ts";
import { type Facts, flagRow, keysOf, segmentRow, sourceOf } from "./rows.ts";
import { nameOf } from "./references.ts";
import type { FlagList, FlagView, SegmentView } from "./schema.ts";

type Managed = Pick<Services, "manager" | "usage" | "plans" | "now">;

async function factsOf({ usage, plans, now }: Managed): Promise<Facts> {
  const [used, waiting] = await Promise.all([usage.summary(), plans.waiting()]);
  return { usage: used, waiting, now: now() };
}

/** Every flag and segment in a line. */
export async function listView(services: Managed): Promise<FlagList> {
  const { manager, plans } = services;
  const facts = await factsOf(services);
  const { on } = await plans.fourEyes();
  const source = sourceOf(manager);
  const { set, broken } = source.view;
  return {
    version: manager.stored().version,
    readonly: manager.readonly,
    four_eyes: on,
    flags: Object.entries(set.flags).map(([key, flag]) => flagRow(key, flag, source, facts)),
    segments: Object.entries(set.segments).map(([name, segment]) => segmentRow(name, segment, source)),
    broken,
  };
}

/** One flag with everything that its page shows. @throws {Failure} `missing` */
export async function flagView(services: Managed, key: string): Promise<z.infer<typeof FlagView>> {
  const facts = await factsOf(services);
  const source = sourceOf(services.manager);
  const { view, state, references } = source;
  const flag = own(view.set.flags, key);
  if (!flag) throw new Failure("missing", `There is no flag '${key}'`);

  const row = flagRow(key, flag, source, facts);
  const saved = state.flag.get(key)?.document;
  return {
    key,
    flag,
    version: row.version,
    layer: row.layer,
    layers: {
      code: own(view.code.flags, key),
      environment: own(view.environment.flags, key),
      stored: saved && "variants" in saved ? saved : null,
    },
    variables: variablesOf(view.ground, key),
    declared: row.declared,
    required_by: keysOf("flag", references.to(nameOf("flag", key))),
    segments: keysOf("segment", references.of(nameOf("flag", key))),
    row,
  };
}

/** @throws {Failure} `missing` */
export function segmentView({ manager }: Pick<Managed, "manager">, name: string): z.infer<typeof SegmentView> {
  const source = sourceOf(manager);
  const segment = own(source.view.set.segments, name);
  if (!segment) throw new Failure("missing", `There is no segment '${name}'`);

  const row = segmentRow(name, segment, source);
  return { name, segment, version: row.version, row };
}

function own<T>(items: { readonly [key: string]: T }, key: string): T | null {
  return Object.hasOwn(items, key) ? (items[key] ?? null) : null;
}
