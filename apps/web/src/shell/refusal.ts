/** Why a call did not succeed. `code` is the server's word for it, or `unreachable` where no answer came. */
export type Refusal = { code: string; message: string; detail: unknown };

/** Any error of a call as a {@link Refusal}. An error without data never reached the API, or its answer never came. */
export function refusalOf(error: unknown): Refusal {
  const data: unknown = memberOf(error, "data");
  const code = memberOf(data, "failure");
  if (typeof code !== "string")
    return { code: "unreachable", message: "BeQ's server cannot be reached from here.", detail: null };
  return { code, message: error instanceof Error ? error.message : String(error), detail: memberOf(data, "detail") };
}

/** What happened and what to do, in a sentence or two. */
export function wordsOf({ code, message, detail }: Refusal): string {
  switch (code) {
    case "unreachable":
    case "unavailable":
    case "timeout":
      return `${sentence(message)} Nothing was changed; try again.`;
    case "unauthenticated":
      return "Your session has ended. Sign in again; what you typed is kept.";
    case "forbidden":
      return sentence(message);
    case "limited":
      return "Too many attempts. Wait a minute and try again.";
    case "invalid":
      return invalidWords(detail) ?? sentence(message);
    case "internal":
      return `A defect of ours. Whoever looks into it needs this number: ${String(memberOf(detail, "request_id"))}`;
    default:
      return sentence(message);
  }
}

/** The messages of a 422 list; those about one field only, where `field` is given. */
export function invalidMessages(detail: unknown, field?: string): string[] {
  if (!Array.isArray(detail)) return [];
  return detail
    .filter((item) => field === undefined || lastOf(memberOf(item, "loc")) === field)
    .map((item) => String(memberOf(item, "msg") ?? ""))
    .filter(Boolean);
}

function invalidWords(detail: unknown): string | undefined {
  const messages = [...new Set(invalidMessages(detail))].slice(0, 5);
  return messages.length === 0 ? undefined : messages.map(sentence).join(" ");
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
