import { differences } from "@beq/flags";
import type { Document } from "../wire.ts";

/** What is kept of an edit between visits: what it started from, the version of that, and what it is now. */
export type Kept<T extends Document> = { base: number; from: T | null; value: T };

type Shelf = { read: (key: string) => string | null; write: (key: string, value: string | null) => boolean };

/** The unsaved edit of this device, if there is one that can be read. */
export function readKept<T extends Document>(shelf: Shelf, name: string): Kept<T> | null {
  try {
    const kept: unknown = JSON.parse(shelf.read(shelfKey(name)) ?? "null");
    // Written below by this page; what the document itself holds is checked before it is shown as saveable.
    return isKept(kept) ? (kept as Kept<T>) : null;
  } catch {
    return null;
  }
}

/** @returns whether it fit */
export function keep(shelf: Shelf, name: string, kept: Kept<Document> | null): boolean {
  const others = keptNames(shelf).filter((other) => other !== name);
  const names = kept === null ? others : [...others, name];
  shelf.write(index, names.length === 0 ? null : JSON.stringify(names));
  return shelf.write(shelfKey(name), kept === null ? null : JSON.stringify(kept));
}

const index = "edits";

/** What has unsaved edits on this device, the last begun last: `flag.new_checkout`. */
export function keptNames(shelf: Shelf): string[] {
  try {
    const names: unknown = JSON.parse(shelf.read(index) ?? "[]");
    return Array.isArray(names) ? names.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

/** Whether anything is there to be saved. */
export function isChanged<T extends Document>({ from, value }: Kept<T>): boolean {
  return from === null || differences<Document>(from, value).length > 0;
}

function shelfKey(name: string): string {
  return `edit.${name}`;
}

function isKept(value: unknown): boolean {
  if (!isObject(value) || typeof value["base"] !== "number") return false;
  const { from, value: edited } = value;
  return (from === null || isDocument(from)) && isDocument(edited);
}

function isDocument(value: unknown): boolean {
  if (!isObject(value)) return false;
  const isFlag = isObject(value["variants"]) && Array.isArray(value["rules"]) && Array.isArray(value["requires"]);
  return isFlag || isObject(value["when"]) || Array.isArray(value["ids"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
