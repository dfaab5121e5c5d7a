import { z } from "zod";
import type { Context } from "../context.ts";
import { administrator, anyone } from "../procedure.ts";
import { router } from "../trpc.ts";
import { type Actor, authorOf } from "./actor.ts";
import { Id, Invitation, InvitationAsked, Joined, Key, KeyAsked, Me, Member, Role, SetUp } from "./schema.ts";

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
    .output(z.object({ members: z.array(Member), invitations: z.array(Invitation) }))
    .query(async ({ ctx }) => ({ members: await ctx.people.list(), invitations: await ctx.invitations.list() })),

  setRole: administrator
    .input(z.object({ id: Id, role: Role }))
    .mutation(({ ctx, input: { id, role } }) => ctx.people.setRole(id, role, authorOf(ctx.actor))),

  removeMember: administrator
    .input(z.object({ id: Id }))
    .mutation(({ ctx, input }) => ctx.people.remove(input.id, authorOf(ctx.actor))),

  invite: administrator
    .input(InvitationAsked)
    .output(Invitation.extend({ token: z.string() }))
    .mutation(({ ctx, input }) => ctx.invitations.invite(input, authorOf(ctx.actor))),

  withdrawInvitation: administrator
    .input(z.object({ id: Id }))
    .mutation(({ ctx, input }) => ctx.invitations.withdraw(input.id)),

  keys: administrator
    .output(z.object({ keys: z.array(Key) }))
    .query(async ({ ctx }) => ({ keys: await ctx.keys.list() })),

  createKey: administrator
    .input(KeyAsked)
    .output(Key.extend({ key: z.string() }))
    .mutation(({ ctx, input }) => ctx.keys.create(input, authorOf(ctx.actor))),

  revokeKey: administrator
    .input(z.object({ id: Id }))
    .mutation(({ ctx, input }) => ctx.keys.revoke(input.id, authorOf(ctx.actor))),
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
