import type { OnExposure } from "./hooks.tsx";

/** A flag that was rendered in a state. */
export interface Exposure {
  readonly key: string;
  readonly enabled: boolean;
}

/** How exposures leave the page, and how often. */
export interface ExposureDeps {
  /** Sends one report; a rejection keeps it for the next one. */
  readonly send: (exposures: readonly Exposure[]) => Promise<void>;
  /** Calls `act` after a while. */
  readonly after: (seconds: number, act: () => void) => void;
  /** How long exposures are gathered; default 30. */
  readonly everySeconds?: number | undefined;
}

/** What `createExposures` makes. */
export interface Exposures {
  /** Takes each flag that was rendered. */
  readonly onExposure: OnExposure;
  /** Sends what is there, for when a page is about to be hidden; never rejects. */
  flush(): Promise<void>;
}

/**
 * Gathers what was really rendered: each flag once per state in the life of this object (a page), sent together.
 */
export function createExposures({ send, after, everySeconds = 30 }: ExposureDeps): Exposures {
  const seen = new Set<string>();
  let waiting: Exposure[] = [];
  let isScheduled = false;

  const schedule = () => {
    if (isScheduled) return;
    isScheduled = true;
    after(everySeconds, () => void flush());
  };
  const flush = async (): Promise<void> => {
    isScheduled = false;
    const report = waiting;
    waiting = [];
    if (report.length === 0) return;
    try {
      await send(report);
    } catch {
      // Nothing is lost by an outage: the same report goes with the next ones.
      waiting = [...report, ...waiting];
      schedule();
    }
  };
  const onExposure: OnExposure = (key, { enabled }) => {
    const name = `${key}=${enabled}`;
    if (seen.has(name)) return;
    seen.add(name);
    waiting.push({ key, enabled });
    schedule();
  };
  return { onExposure, flush };
}
