import { z } from "zod";
import type { Context } from "../context.ts";
import { administrator, anyone } from "../procedure.ts";
import { router } from "../trpc.ts";
import { type Actor, authorOf } from "./actor.ts";
import { Id, Invitation, InvitationAsked, Joined, Key, KeyAsked, Me, Member, Role, SetUp } from "./schema.ts";

const tag = "Access";
const path = "/api/v1/access" as const;
const reading = (rest: string, summary: string) =>
  ({ http: { method: "get", path: `${path}/${rest}`, summary, tag } }) as const;
const writing = (rest: string, summary: string) =>
  ({ http: { method: "post", path: `${path}/${rest}`, summary, tag } }) as const;

const One = z.object({ id: Id });

export const accessRouter = router({
  /** Who is asking, and the user whose week that person sees. */
  me: anyone.output(Me).query(({ ctx }) => me(ctx)),

  /** Makes the first account; where its maker does not sit at this machine, with the code in the log. */
  setUp: anyone.input(SetUp).mutation(({ ctx, input }) => ctx.people.setUp(input, ctx.actor.kind === "local")),

  /** Makes the account of an invited person, who signs in with it afterwards. */
  join: anyone
    .input(Joined)
    .output(z.object({ email: z.string() }))
    .mutation(({ ctx, input }) => ctx.invitations.join(input)),

  members: administrator
    .meta(reading("members", "Who has an account, and who was asked in"))
    .output(z.object({ members: z.array(Member), invitations: z.array(Invitation) }))
    .query(async ({ ctx }) => ({ members: await ctx.people.list(), invitations: await ctx.invitations.list() })),

  setRole: administrator
    .meta(writing("members/{id}/role", "Change what a member may do"))
    .input(One.extend({ role: Role }))
    .output(One)
    .mutation(async ({ ctx, input: { id, role } }) => {
      await ctx.people.setRole(id, role, authorOf(ctx.actor));
      return { id };
    }),

  removeMember: administrator
    .meta(writing("members/{id}/remove", "Take away an account and its sessions"))
    .input(One)
    .output(One)
    .mutation(async ({ ctx, input: { id } }) => {
      await ctx.people.remove(id, authorOf(ctx.actor));
      return { id };
    }),

  invite: administrator
    .meta(writing("invitations", "Ask somebody in"))
    .input(InvitationAsked)
    .output(Invitation.extend({ token: z.string() }))
    .mutation(({ ctx, input }) => ctx.invitations.invite(input, authorOf(ctx.actor))),

  withdrawInvitation: administrator
    .meta(writing("invitations/{id}/withdraw", "Take an invitation back"))
    .input(One)
    .output(One)
    .mutation(async ({ ctx, input: { id } }) => {
      await ctx.invitations.withdraw(id);
      return { id };
    }),

  keys: administrator
    .meta(reading("keys", "The keys of programs, without the keys themselves"))
    .output(z.object({ keys: z.array(Key) }))
    .query(async ({ ctx }) => ({ keys: await ctx.keys.list() })),

  createKey: administrator
    .meta(writing("keys", "Make a key, which is shown in this answer only"))
    .input(KeyAsked)
    .output(Key.extend({ key: z.string() }))
    .mutation(({ ctx, input }) => ctx.keys.create(input, authorOf(ctx.actor))),

  revokeKey: administrator
    .meta(writing("keys/{id}/revoke", "Take a key back, in every process at once"))
    .input(One)
    .output(One)
    .mutation(async ({ ctx, input: { id } }) => {
      await ctx.keys.revoke(id, authorOf(ctx.actor));
      return { id };
    }),
});

async function me({ actor, people, openMode }: Context): Promise<Me> {
  const { id = null, name = null } = "id" in actor ? actor : {};
  const needed = (actor.kind === "anonymous" || actor.kind === "local") && !(await people.exist());
  return {
    kind: actor.kind,
    user_id: userOf(actor),
    id,
    name,
    email: actor.kind === "member" ? actor.email : null,
    role: actor.kind === "member" ? actor.role : null,
    open_mode: openMode,
    set_up_needed: needed,
    set_up_token_needed: needed && actor.kind !== "local",
  };
}

// The week that was planned before there was an account stays where it is.
function userOf(actor: Actor): string | null {
  if (actor.kind === "local") return "local";
  if (actor.kind !== "member") return null;
  return actor.local ? "local" : actor.id;
}
