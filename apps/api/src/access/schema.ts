import { z } from "zod";
import { roles } from "./actor.ts";
import { keyKinds, passwordLength } from "./auth.ts";

const loneSurrogate = /\p{Surrogate}/u;

/** Text that a database can hold. */
const text = (shortest: number, longest: number) =>
  z
    .string()
    .min(shortest)
    .max(longest)
    .refine((value) => !value.includes("\0") && !loneSurrogate.test(value), {
      params: { type: "value_error" },
      error: "Value error, the text holds a NUL or a broken surrogate pair",
    });

export const Id = text(1, 100);
const Name = text(1, 100);
const Email = z.email().max(254).toLowerCase();
const Password = text(passwordLength.min, passwordLength.max);
const Token = text(1, 100);
export const Role = z.enum(roles);
const KeyKind = z.enum(keyKinds);
const Moment = z.string().meta({ description: "ISO 8601, UTC", format: "date-time" });

export const SetUp = z.object({ name: Name, email: Email, password: Password, token: Token.nullish() });
export type SetUp = z.infer<typeof SetUp>;

export const InvitationAsked = z.object({ email: Email, name: Name, role: Role });
export type InvitationAsked = z.infer<typeof InvitationAsked>;

export const Joined = z.object({ token: Token, password: Password });
export type Joined = z.infer<typeof Joined>;

export const Member = z.object({ id: z.string(), name: z.string(), email: z.string(), role: Role, created_at: Moment });
export type Member = z.infer<typeof Member>;

/** Somebody who was asked in and has not come yet. */
export const Invitation = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  invited_by: z.string(),
  expires_at: Moment,
});
export type Invitation = z.infer<typeof Invitation>;

/** Requests a second that a key may ask of one process, five seconds' worth at once; null is without a limit. */
export const defaultRates = { client: 200, server: 2_000, admin: 20 } as const;

export const KeyAsked = z
  .object({
    kind: KeyKind,
    name: Name,
    expires_in_days: z.number().int().min(1).max(3_650).nullable().default(365),
    requests_per_second: z.number().int().min(1).max(100_000).nullish(),
  })
  .transform(({ requests_per_second: rate, ...asked }) => ({
    ...asked,
    requests_per_second: rate === undefined ? defaultRates[asked.kind] : rate,
  }));
export type KeyAsked = z.infer<typeof KeyAsked>;

export const Key = z.object({
  id: z.string(),
  kind: KeyKind,
  name: z.string(),
  start: z.string().meta({ description: "The first characters, to tell keys apart" }),
  created_at: Moment,
  created_by: z.string(),
  expires_at: Moment.nullable(),
  last_used_at: Moment.nullable().meta({ description: "To the minute" }),
  requests_per_second: z.number().nullable(),
});
export type Key = z.infer<typeof Key>;

/** Who is asking, and what the sign-in page needs to know. */
export const Me = z.object({
  kind: z.enum(["anonymous", "local", "client_key", "server_key", "admin_key", "member"]),
  user_id: z.string().nullable().meta({ description: "Whose week and flags the page shows" }),
  id: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  role: Role.nullable(),
  open_mode: z.boolean(),
  set_up_needed: z.boolean().meta({ description: "Nobody has an account yet" }),
  set_up_token_needed: z.boolean().meta({ description: "The first account asks for the code in the log" }),
});
export type Me = z.infer<typeof Me>;
