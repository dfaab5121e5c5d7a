/** What may be shown of a field, judged by its key: everything, nothing (a secret), or only that there was text. */
export type Verdict = "show" | "secret" | "text";

// The contract's own keys skip the patterns: they are on every line.
const known = new Set(
  "request_id trace_id span_id user_id operation duration status event_count confidence_score error_type error".split(
    " ",
  ),
);

const secret =
  /authoriz|cookie|passw|passphrase|token|secret|credential|api[_\-.]?key|private[_\-.]?key|server[_\-.]?key|session[_\-.]?id/;

// People write these: titles of their tasks, chat messages, notes, who they are. A line needs none of it.
const text =
  /(^|[_\-.])(titles?|descriptions?|content|body|input|prompt|text|summary|notes?|messages?|reasoning|e?mail|full_name)$/;

export function judge(key: string): Verdict {
  if (known.has(key)) return "show";

  const name = key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  if (secret.test(name)) return "secret";
  return text.test(name) ? "text" : "show";
}

// Credentials inside of other text: an Authorization value, a JSON web token, the password of a URL.
const credential =
  /\b(?:Bearer|Basic)\s+[\w.~+/=-]+|(?<![\w-])eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?|(?<=:\/\/)[^\s/@:]*:[^\s/@]+(?=@)/gi;

// What every match of `credential` contains, and next to no other text does.
const hint = /earer|asic|eyJ|:\/\//i;

/** The text, cut to `limit` characters, without the credentials that can be told by their form. */
export function scrub(value: string, limit: number): string {
  const kept = value.length > limit ? `${value.slice(0, limit)}…` : value;
  return hint.test(kept) ? kept.replace(credential, "[redacted]") : kept;
}
