import { bigint, index, integer, jsonb, pgTable, primaryKey, smallint, text, timestamp } from "drizzle-orm/pg-core";

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** The flag set's version, in one row: whoever changes flags locks it first. */
export const flagHead = pgTable("flag_head", {
  id: smallint("id").primaryKey(),
  version: bigint("version", { mode: "number" }).notNull(),
});

/** Flags and segments as saved. `version` is the set's version in which the item last changed. */
export const flagItems = pgTable(
  "flag_items",
  {
    kind: text("kind").notNull(),
    key: text("key").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
    document: jsonb("document").notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key] })],
);

/** Append-only: one row for each version of the set, with every item before and after. */
export const flagChanges = pgTable("flag_changes", {
  version: bigint("version", { mode: "number" }).primaryKey(),
  at: moment("at").notNull(),
  /** What made the change: `ui`, `api`, `import`, `schedule`, `undo`, `request`. */
  origin: text("origin").notNull(),
  author: jsonb("author").notNull(),
  comment: text("comment").notNull(),
  edits: jsonb("edits").notNull(),
  /** The version that this one takes back. */
  undoes: bigint("undoes", { mode: "number" }),
});

/** Which version touched which item: the history of one flag without reading everybody's. */
export const flagHistory = pgTable(
  "flag_history",
  {
    kind: text("kind").notNull(),
    key: text("key").notNull(),
    version: bigint("version", { mode: "number" }).notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key, table.version] })],
);

/** Changes that wait: for a second person (`due_at` null) or for their hour. */
export const flagPlans = pgTable(
  "flag_plans",
  {
    id: text("id").primaryKey(),
    /** `request` or `schedule`. */
    kind: text("kind").notNull(),
    /** `open`, `applied`, `rejected`, `withdrawn`, `failed`. */
    state: text("state").notNull(),
    change: jsonb("change").notNull(),
    author: jsonb("author").notNull(),
    createdAt: moment("created_at").notNull(),
    /** The wall-clock time and zone that were asked for, such as `2030-03-25T09:00` in `Europe/Berlin`. */
    localTime: text("local_time"),
    zone: text("zone"),
    dueAt: moment("due_at"),
    decidedBy: jsonb("decided_by"),
    decidedAt: moment("decided_at"),
    /** The version it became, or why it did not. */
    version: bigint("version", { mode: "number" }),
    outcome: jsonb("outcome"),
  },
  (table) => [index("flag_plans_state_idx").on(table.state, table.dueAt)],
);

/** How often each variant was answered, by day (UTC). */
export const flagUsage = pgTable(
  "flag_usage",
  {
    key: text("key").notNull(),
    variant: text("variant").notNull(),
    day: text("day").notNull(),
    count: bigint("count", { mode: "number" }).notNull(),
    lastAt: moment("last_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.variant, table.day] })],
);

export const webhooks = pgTable("webhooks", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  url: text("url").notNull(),
  secret: text("secret").notNull(),
  createdAt: moment("created_at").notNull(),
  author: jsonb("author").notNull(),
  /** Null while it is in use; deliveries keep the row. */
  removedAt: moment("removed_at"),
});

/** One delivery of one change to one webhook; kept for its log. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    id: text("id").primaryKey(),
    webhookId: text("webhook_id")
      .notNull()
      .references(() => webhooks.id, { onDelete: "cascade" }),
    version: bigint("version", { mode: "number" }).notNull(),
    /** `waiting`, `delivered`, `failed`. */
    state: text("state").notNull(),
    attempts: integer("attempts").notNull(),
    nextAt: moment("next_at"),
    lastStatus: integer("last_status"),
    lastError: text("last_error"),
    createdAt: moment("created_at").notNull(),
    deliveredAt: moment("delivered_at"),
  },
  (table) => [index("webhook_deliveries_due_idx").on(table.state, table.nextAt)],
);

/** Settings that people change while it runs, such as `four_eyes`. */
export const settings = pgTable("settings", {
  name: text("name").primaryKey(),
  value: jsonb("value").notNull(),
});

/** Secrets that this deployment made for itself, such as the one that signs sessions. */
export const secrets = pgTable("secrets", {
  name: text("name").primaryKey(),
  value: text("value").notNull(),
});
