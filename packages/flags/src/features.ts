import { defineFlags, type KeyOf } from "./registry.ts";

/** BeQ's own features, declared here and nowhere else. */
export const features = defineFlags({
  schedule_optimization: {
    type: "boolean",
    default: true,
    name: "Schedule optimization",
    description: "AI-powered schedule generation and optimization",
  },
  ai_chat: {
    type: "boolean",
    default: true,
    name: "AI chat",
    description: "Conversational AI chat interface",
  },
  calendar_sync: {
    type: "boolean",
    default: false,
    name: "Calendar sync",
    description: "Two-way synchronization with external calendars",
  },
  brick_management: {
    type: "boolean",
    default: true,
    name: "Brick management",
    description: "Bricks and Quantas: goals and the tasks they are made of",
  },
  advanced_analytics: {
    type: "boolean",
    default: false,
    name: "Advanced analytics",
    description: "Insights into planned and done work",
  },
});

/** The key of one of BeQ's own features. */
export type FeatureKey = KeyOf<typeof features>;
