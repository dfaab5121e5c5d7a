import { z } from "zod";

const Metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A document; its flags are read one by one. */
export const Document = z.strictObject({
  $schema: z.string().optional(),
  flags: z.union([z.record(z.string().min(1), z.unknown()), z.array(z.looseObject({ key: z.string().min(1) }))]),
  $evaluators: z.record(z.string(), z.json()).default({}),
  metadata: Metadata.default({}),
});

/** One flag of it. */
export const FlagdFlag = z.strictObject({
  key: z.string().optional(),
  state: z.enum(["ENABLED", "DISABLED"]),
  variants: z.record(z.string().min(1), z.json()).refine((all) => Object.keys(all).length > 0, "expected a variant"),
  defaultVariant: z.string().nullish(),
  targeting: z.json().optional(),
  metadata: Metadata.default({}),
});
export type FlagdFlag = z.infer<typeof FlagdFlag>;
export type Document = z.infer<typeof Document>;
