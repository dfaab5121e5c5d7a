import type { Priority as Level } from "@beq/scheduler/contract";

const bars = { low: 1, medium: 2, high: 3, urgent: 3 };
const mark = "M2 0h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H2a2 2 0 0 1-2-2V2a2 2 0 0 1 2-2Zm4 3v5h2V3H6Zm0 6.5v2h2v-2H6Z";

/** Priority as bars of rising height, so that it reads without colour; urgent is a filled square with a mark. */
export function Priority({ level }: { level: Level }) {
  return (
    <>
      <svg viewBox="0 0 14 14" aria-hidden className="size-3.5 shrink-0 fill-current">
        {level === "urgent" ? (
          <path fillRule="evenodd" d={mark} />
        ) : (
          [0, 1, 2].map((bar) => (
            <rect
              key={bar}
              x={bar * 5}
              y={9 - bar * 4}
              width="3"
              height={5 + bar * 4}
              rx="1"
              opacity={bar < bars[level] ? 1 : 0.28}
            />
          ))
        )}
      </svg>
      <span className="sr-only">{level} priority</span>
    </>
  );
}
