import { createLogger } from "../log/logger.ts";
import { createTelemetry, type TelemetryOptions } from "../telemetry.ts";
import { collector } from "./stream.ts";

export const features = ["schedule_optimization", "ai_chat", "brick_management", "calendar_sync", "advanced_analytics"];

export function api(options: Partial<TelemetryOptions> = {}) {
  return service({ service: "api", ...options });
}

export function scheduler(options: Partial<TelemetryOptions> = {}) {
  return service({ service: "scheduler", ...options });
}

function service(options: Pick<TelemetryOptions, "service"> & Partial<TelemetryOptions>) {
  const { stream, lines } = collector();
  const common = { version: "1.2.3", clock: () => 1_700_000_000_000 };
  const logger = createLogger({ ...common, service: options.service, level: "info", stream });
  const telemetry = createTelemetry({ ...common, logger, features, ...options });
  return { telemetry, logger, lines };
}
