// What a page does frame by frame while something happens on it.
const categories = ["blink.user_timing", "disabled-by-default-devtools.timeline"];
const [startMark, endMark] = ["watch:start", "watch:end"];
const durations = ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"];

/**
 * Watches `page` during `work`.
 * @returns {Promise<{ intervals: number[], work: number[], longTasks: number[], shares: object }>} milliseconds: between
 *   animation frames; of CPU that the main thread used from one to the next; tasks of more than 50 ms; and a frame's mean
 *   script, style and layout
 */
export async function watch({ page, cdp, trace }, work) {
  const before = await metrics(cdp);
  const stopTrace = await record(trace);
  await page.evaluate(begin, startMark);
  await work();
  const { times, longTasks } = await page.evaluate(end, endMark);
  const events = await stopTrace();
  const after = await metrics(cdp);
  const frames = times.slice(1).map((time, index) => ({ from: times[index], to: time }));
  const shares = durations.map((name) => [name, (1_000 * (after[name] - before[name])) / frames.length]);
  return {
    intervals: frames.map(({ from, to }) => to - from),
    work: workOf(events, frames),
    longTasks,
    shares: Object.fromEntries(shares),
  };
}

/** In the page: asks for frames until `end`. */
function begin(mark) {
  const watched = { times: [], longTasks: [], isOver: false };
  const note = (list) => watched.longTasks.push(...list.getEntries().map(({ duration }) => duration));
  watched.observer = new PerformanceObserver(note);
  watched.observer.observe({ type: "longtask" });
  const tick = (time) => {
    watched.times.push(time);
    if (!watched.isOver) requestAnimationFrame(tick);
  };
  globalThis.watched = watched;
  performance.mark(mark);
  requestAnimationFrame(tick);
}

function end(mark) {
  const { watched } = globalThis;
  watched.isOver = true;
  performance.mark(mark);
  watched.longTasks.push(...watched.observer.takeRecords().map(({ duration }) => duration));
  watched.observer.disconnect();
  return { times: watched.times, longTasks: watched.longTasks };
}

async function record(trace) {
  const events = [];
  const take = ({ value }) => events.push(...value);
  trace.on("Tracing.dataCollected", take);
  await trace.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { excludedCategories: ["*"], includedCategories: categories },
  });
  return async () => {
    const complete = new Promise((resolve) => trace.once("Tracing.tracingComplete", resolve));
    await trace.send("Tracing.end");
    await complete;
    trace.off("Tracing.dataCollected", take);
    return events;
  };
}

/** CPU milliseconds of the page's main thread in each frame; a task that reaches over two counts in both by its share. */
function workOf(events, frames) {
  const mark = events.find(({ name }) => name === startMark);
  if (!mark) throw new Error("the trace does not hold the start of the measurement");
  // The page's clock and the trace's meet in the mark.
  const offset = mark.ts / 1_000 - mark.args.data.startTime;
  const tasks = events
    .filter(({ name, ph, pid, tid }) => name === "RunTask" && ph === "X" && pid === mark.pid && tid === mark.tid)
    .map(({ ts, dur, tdur = dur }) => ({ from: ts / 1_000 - offset, to: (ts + dur) / 1_000 - offset, cpu: tdur / dur }))
    .toSorted((one, other) => one.from - other.from);
  let first = 0;
  return frames.map(({ from, to }) => {
    while (first < tasks.length && tasks[first].to <= from) first++;
    let sum = 0;
    for (let at = first; at < tasks.length && tasks[at].from < to; at++) {
      const task = tasks[at];
      const inside = Math.min(task.to, to) - Math.max(task.from, from);
      if (inside > 0) sum += inside * task.cpu;
    }
    return sum;
  });
}

async function metrics(cdp) {
  const answer = await cdp.send("Performance.getMetrics");
  return Object.fromEntries(answer.metrics.map(({ name, value }) => [name, value]));
}
