const root = "/ofrep/v1";

/** All flags. */
export const bulk = `${root}/evaluate/flags`;
/** One flag, as the metrics name it. */
export const single = `${bulk}/{key}`;
/** The event stream. */
export const events = `${root}/sse`;
