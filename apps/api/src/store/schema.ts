import { integer, jsonb, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";

/** Every version of a person's stored week; the highest version is the one in force. */
export const schedules = pgTable(
  "schedules",
  {
    userId: text("user_id").notNull(),
    version: integer("version").notNull(),
    operation: text("operation").notNull(),
    createdAt: timestamp("created_at", { withTimezone: true, mode: "date" }).notNull(),
    document: jsonb("document").notNull(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.version] })],
);
