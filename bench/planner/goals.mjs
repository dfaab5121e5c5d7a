const frameMilliseconds = 1_000 / 60;
// Of all frames, above what the empty page loses by itself.
const lateShare = 0.01;
// What the web takes for a good answer to a key or a press.
const answerMilliseconds = 200;

// There the search itself holds the cores that the browser would draw with.
const sharesCores = "search: late frames";

/** What has to be reached on a desk, and what is aimed at on a phone, each with what was found. */
export function goalsOf(found) {
  return Object.entries(found).flatMap(([look, { frames, times }]) => {
    const must = look === "desktop";
    const all = [
      ...Object.entries(frames).flatMap(([scene, { ours, floor }]) => [
        goal(`${scene}: late frames`, ours.late, floor.late + lateShare, "%"),
        goal(`${scene}: work of a frame, p95`, ours.work.p95, frameMilliseconds, "ms"),
      ]),
      ...Object.entries(times).map(([act, { ours }]) => goal(`${act}: worst`, ours.worst, answerMilliseconds, "ms")),
    ];
    return all.map((one) => ({ ...one, name: `${look}, ${one.name}`, must: must && one.name !== sharesCores }));
  });
}

function goal(name, value, limit, unit) {
  return { name, value, limit, unit, met: value <= limit };
}
