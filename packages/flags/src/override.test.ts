import { describe, expect, it } from "vitest";
import { environmentLayer } from "./env.ts";
import { features } from "./features.ts";
import { createFlags, type Evaluation } from "./live.ts";
import { createOverrides, type Override } from "./override.ts";
import { defaults } from "./registry.ts";

const SECRET = "a secret of thirty-two characters";
const FORMER = "the secret of the time before that";
const NOON = Date.UTC(2026, 2, 1, 12);
const HOUR = 3_600_000;
const calendar: Override = { variants: { calendar_sync: "on" }, expiresAt: NOON + HOUR };

describe("a signed override", () => {
  it("is what was signed, for whoever carries it or for its user only", async () => {
    const { sign, verify } = overrides();
    expect(await verify(await sign(calendar), undefined)).toEqual({ ok: true, override: calendar });

    const own = await sign({ ...calendar, userId: "zoë" });
    expect(await verify(own, "zoë")).toMatchObject({ ok: true });
    expect(await verify(own, "bob")).toEqual({ ok: false, reason: "other_user" });
    expect(await verify(own, undefined)).toEqual({ ok: false, reason: "other_user" });
  });

  it("is refused from the moment it expires", async () => {
    const token = await overrides().sign(calendar);
    expect(await overrides(NOON + HOUR - 1).verify(token, undefined)).toMatchObject({ ok: true });
    expect(await overrides(NOON + HOUR).verify(token, undefined)).toEqual({ ok: false, reason: "expired" });
  });

  it("is refused when any character was changed", async () => {
    const { sign, verify } = overrides();
    const token = await sign({ variants: { ai_chat: "off" }, expiresAt: NOON + HOUR });
    const put = (char: string, at: number) => `${token.slice(0, at)}${char}${token.slice(at + 1)}`;
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const changed = Array.from(token, (_, at) => [put("A", at), put("z", at), put(".", at)]).flat();
    // The last character holds two bits more than the signature, which must not give a token four spellings.
    changed.push(...Array.from(alphabet, (char) => put(char, token.length - 1)));
    const results = await Promise.all(
      changed.filter((other) => other !== token).map((other) => verify(other, undefined)),
    );
    expect(results.filter(({ ok }) => ok)).toEqual([]);
  });

  it("is refused when signed with another secret, and accepted while its secret is being rotated out", async () => {
    const token = await overrides(NOON, [FORMER]).sign(calendar);
    expect(await overrides().verify(token, undefined)).toEqual({ ok: false, reason: "forged" });
    expect(await overrides(NOON, [SECRET, FORMER]).verify(token, undefined)).toMatchObject({ ok: true });
  });

  it.each([
    "",
    "v1",
    "v1..",
    "v2.e30.AAAA",
    "v1.e30.A",
    "v1.e30.*",
    "v1.e30.AAAA.x",
    `v1.${"A".repeat(5000)}.AAAA`,
    "v1.e30.AAAA",
  ])("is not '%.20s'", async (token) => expect((await overrides().verify(token, undefined)).ok).toBe(false));

  it("is not made to last, nor with a guessable secret", async () => {
    const { sign } = overrides();
    await expect(sign({ ...calendar, expiresAt: NOON })).rejects.toThrow(RangeError);
    await expect(sign({ ...calendar, expiresAt: NOON + 31 * 24 * HOUR })).rejects.toThrow(RangeError);
    await expect(sign({ ...calendar, expiresAt: NaN })).rejects.toThrow(RangeError);
    expect(() => overrides(NOON, ["short"])).toThrow("at least 32 characters");
  });
});

describe("forced variants", () => {
  it("win over rules and the kill switch for one request, and are not reported as use", () => {
    const seen: Evaluation[] = [];
    const flags = createFlags({ registry: features, flagSet: defaults(features), onEvaluate: (one) => seen.push(one) });
    const forced = flags.forced({ calendar_sync: "on", ai_chat: "off" });

    expect([forced.isEnabled("calendar_sync"), forced.isEnabled("ai_chat")]).toEqual([true, false]);
    expect(forced.resolve("calendar_sync", {})).toMatchObject({ reason: "TARGETING_MATCH", rule: "override" });
    expect(forced.statuses({}).calendar_sync.enabled).toBe(true);
    expect(flags.isEnabled("calendar_sync")).toBe(false);
    expect(seen.map(({ key }) => key)).toEqual(["calendar_sync"]);
  });

  it("change nothing where the flag or the variant does not exist", () => {
    const layer = environmentLayer(features, { FEATURE_AI_CHAT_ENABLED: "no" });
    if (!layer.ok) throw new Error("unreachable");
    const forced = createFlags({ registry: features, flagSet: layer.flags }).forced({
      ai_chat: "toString",
      nothing: "on",
    });
    expect(forced.isEnabled("ai_chat")).toBe(false);
    expect(forced.lookup("nothing", {})).toMatchObject({ errorCode: "FLAG_NOT_FOUND" });
  });
});

function overrides(now = NOON, secrets: [string, ...string[]] = [SECRET]) {
  return createOverrides({ secrets, now: () => now });
}
