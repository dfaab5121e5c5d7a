/** For people: the scores, then the reliability table. */
export function report({ log, prior, history, ...score }) {
  const { groups, base_rate: base, brier, skill, log_loss: loss, ece, sharpness } = score;
  const lines = [
    `log: ${log}`,
    `prior from: ${prior.join(", ")}${history ? ", then the person's own history as it accrues" : ", and nothing of the person"}`,
    `groups: ${groups}, of which ${percent(base)} were done by their deadline`,
    "",
    `Brier score: ${brier.toFixed(4)}`,
    `Brier skill against the base rate: ${skill.toFixed(3)} (95 %: ${range(score.skill_interval)})`,
    `log-loss: ${loss.toFixed(4)}`,
    `ECE, 10 bins: ${ece.toFixed(4)} (95 %: ${range(score.ece_interval)})`,
    `sharpness (standard deviation of the probabilities): ${sharpness.toFixed(3)}`,
    `bootstrap: ${score.bootstrap}`,
    "",
    "said        groups  mean said  came true  95 %",
    ...score.reliability.map(
      ({ from, to, count, forecast, held, interval }) =>
        `${from.toFixed(1)}–${to.toFixed(1)}  ${String(count).padStart(10)}  ${cell(forecast)}  ${cell(held)}  ${interval ? range(interval) : "-"}`,
    ),
  ];
  return lines.join("\n");
}

function cell(share) {
  return (share === null ? "-" : share.toFixed(3)).padStart(9);
}

function range([low, high]) {
  return `${low.toFixed(3)}–${high.toFixed(3)}`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
