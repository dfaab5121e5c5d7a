export const anonymous = "anonymous";
/** Everybody who got no label of their own. */
const others = "_other";
/** Where users are not told apart. */
export const everybody = "_all";

export interface UserLabels {
  /** The value of `user_id` for this person; at most `max` different ids over the life of the process. */
  of(user_id: string | undefined, vouched: boolean): string;
}

const reserved: ReadonlySet<string> = new Set([anonymous, others, everybody]);
const maxLength = 200;

/** Gives a label to the first `max` vouched users who come; 0 gives none. */
export function createUserLabels(max: number): UserLabels {
  const placed = new Set<string>();

  function place(id: string): string {
    if (placed.size >= max || id.length > maxLength || reserved.has(id)) return others;
    placed.add(id);
    return id;
  }

  return {
    of(user_id, vouched) {
      if (!user_id) return anonymous;
      if (!vouched) return others;

      const id = printable(user_id);
      return placed.has(id) ? id : place(id);
    },
  };
}

// Cheap enough for every call; sound surrogate pairs are suspects too.
const suspicious = /[^ -\ud7ff]/;

// Two ids that differ only in broken surrogates are the same bytes in UTF-8: twice the same series breaks a scrape.
function printable(id: string): string {
  return suspicious.test(id) ? id.replace(/[\p{Cc}\p{Cs}]/gu, "\ufffd") : id;
}
