import { refusalOf, wordsOf } from "./refusal.ts";

/** Does something that can be refused: null when it was done, else what to tell the person, in words. */
export async function attempt(run: () => Promise<string | null | void>): Promise<string | null> {
  try {
    return (await run()) ?? null;
  } catch (error) {
    return wordsOf(refusalOf(error));
  }
}
