const [width, height] = [360, 360];
const side = 250;
const [left, top] = [62, 46];
const columns = 2;
// Room for the counts under the diagonal's corner.
const bars = 40;

/** Reliability diagrams, two in a row: how often came true what was said to be so likely. */
export function draw(panels) {
  const rows = Math.ceil(panels.length / columns);
  const places = panels.map((panel, index) => {
    const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height];
    return `<g transform="translate(${x} ${y})">${panelOf(panel)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${columns * width} ${rows * height}" role="img" aria-labelledby="title">`,
    `<title id="title">${titleOf(panels)}</title>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="100%" height="100%"/>`,
    ...places,
    "</svg>",
    "",
  ].join("\n");
}

const style = [
  ":root{--paper:#ffffff;--ink:#1f2328;--faint:#6e7781;--line:#d0d7de;--mark:#0a5bd3;--band:#0a5bd326;--bar:#afb8c1}",
  "@media (prefers-color-scheme:dark){:root{--paper:#0d1117;--ink:#e6edf3;--faint:#9198a1;--line:#3d444d;--mark:#6cb2ff;--band:#6cb2ff33;--bar:#4b535d}}",
  "text{font:12px system-ui,sans-serif;fill:var(--ink)}.small{font-size:10px;fill:var(--faint)}.count{font-size:8px;fill:var(--faint)}.head{font-size:13px;font-weight:600}",
  ".paper{fill:var(--paper)}.frame{fill:none;stroke:var(--line)}.ideal{stroke:var(--faint);stroke-dasharray:4 4}",
  ".band{fill:var(--band)}.curve{fill:none;stroke:var(--mark);stroke-width:1.5}.dot{fill:var(--mark)}.bar{fill:var(--bar)}",
].join("");

function titleOf(panels) {
  const said = panels.map(
    (panel) => `${nameOf(panel)}: ECE ${panel.ece.toFixed(3)}, Brier skill ${panel.skill.toFixed(2)}`,
  );
  return `Reliability of the confidence. ${said.join("; ")}`;
}

function nameOf({ log, history }) {
  return `${log.replace(/\.csv$/i, "")}, ${history ? "with the person's history" : "prior alone"}`;
}

function panelOf(panel) {
  const filled = panel.reliability.filter(({ count }) => count > 0);
  return [
    `<text class="head" x="${left}" y="20">${nameOf(panel)}</text>`,
    `<text class="small" x="${left}" y="36">ECE ${panel.ece.toFixed(3)} · Brier skill ${panel.skill.toFixed(2)} · ${panel.groups} groups</text>`,
    ...counts(panel.reliability),
    band(filled),
    `<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`,
    `<polyline class="curve" points="${filled.map((bin) => `${x(bin.forecast)},${y(bin.held)}`).join(" ")}"/>`,
    ...filled.map((bin) => `<circle class="dot" cx="${x(bin.forecast)}" cy="${y(bin.held)}" r="3"/>`),
    ...axes(),
  ].join("");
}

/** 95 % of the bootstrap, from bin to bin. */
function band(bins) {
  const upper = bins.map(({ forecast, interval }) => `${x(forecast)},${y(interval[1])}`);
  const lower = bins.map(({ forecast, interval }) => `${x(forecast)},${y(interval[0])}`).toReversed();
  return `<polygon class="band" points="${[...upper, ...lower].join(" ")}"/>`;
}

function counts(bins) {
  const most = Math.max(...bins.map(({ count }) => count));
  return bins.flatMap(({ from, to, count }) => {
    const size = round((count / most) * bars);
    const middle = round((x(from) + x(to)) / 2);
    return [
      `<rect class="bar" x="${x(from) + 2}" y="${round(y(0) - size)}" width="${round(x(to) - x(from) - 4)}" height="${size}"/>`,
      `<text class="count" x="${middle}" y="${y(0) + 11}" text-anchor="middle">${count}</text>`,
    ];
  });
}

function axes() {
  const ticks = [0, 0.5, 1];
  const middle = round(top + side / 2);
  return [
    `<rect class="frame" x="${left}" y="${top}" width="${side}" height="${side}"/>`,
    ...ticks.map(
      (tick) => `<text class="small" x="${x(tick)}" y="${y(0) + 26}" text-anchor="middle">${tick * 100} %</text>`,
    ),
    ...ticks.map(
      (tick) => `<text class="small" x="${left - 6}" y="${y(tick) + 4}" text-anchor="end">${tick * 100} %</text>`,
    ),
    `<text class="small" x="${left + side / 2}" y="${y(0) + 42}" text-anchor="middle">said to be done in time (counts below the bars)</text>`,
    `<text class="small" x="16" y="${middle}" text-anchor="middle" transform="rotate(-90 16 ${middle})">was done in time</text>`,
  ];
}

function x(share) {
  return round(left + share * side);
}

function y(share) {
  return round(top + (1 - share) * side);
}

function round(number) {
  return Math.round(number * 10) / 10;
}
