// The explorer of entanglement-based keys: whom must I trust?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { AGREED_LIMIT, ekert, pairKeys } from "./theory_trust.js";
import { withError } from "./numbers.js";

const POINTS_ALONG = 100;

// The numbers of one setting; a key of less than nothing is none.
function trustReadings(state, p) {
  const seen = ekert(p);
  const keys = pairKeys(seen, state.error_correction);
  return { ...seen, ...Object.fromEntries(Object.entries(keys).map(([name, bits]) => [name, Math.max(0, bits)])) };
}

function trustSentence({ s, trusted, three_bases, untrusted, qber }) {
  const bell = `S = ${s.toFixed(3)}`;
  if (untrusted > 0) return `${bell} pays for all errors: a key even for those who trust no device, at a price of ${(trusted - untrusted).toFixed(2)} bits per pair.`;
  if (trusted > 0 && s > AGREED_LIMIT) return `${bell} violates Bell and yields no device-independent key. Who trusts their own devices has one, whoever made the pairs.`;
  if (trusted > 0) return `${bell} is no more than agreement made beforehand could give, yet who trusts their own devices has a key.`;
  if (three_bases > 0) return `${bell}. With two bases Eve may know all there is; a third basis shows that she does not.`;
  if (s > AGREED_LIMIT) return `${bell} violates Bell, and there is no key at all: an error rate of ${(100 * qber).toFixed(1)} % leaves Eve too much.`;
  return `${bell} could have been agreed beforehand, and an error rate of ${(100 * qber).toFixed(1)} % leaves no key.`;
}

const READ_OFF = [
  ["qber", "Error rate", 4], // two columns: what is measured, and what it is worth
  ["trusted", "Key, own devices trusted", 4],
  ["s", "S, Bell test", 4],
  ["three_bases", "… and a third basis", 4],
  ["aer", "S, drawn on Aer", 0],
  ["untrusted", "Key, nothing trusted", 4],
];

function scene(config) {
  const charts = { s: makeChart(config.chart, 262), keys: makeChart(config.keys_chart, 262) };
  const outputs = Object.fromEntries(READ_OFF.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "two"], ["line", "three"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("dl", { class: "qnl-numbers qnl-trust" }, ...READ_OFF.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])),
    html("div", { class: "qnl-beside" }, charts.s.node, charts.keys.node), legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = trustReadings(state, p);
    for (const [name, , digits] of READ_OFF) if (name !== "aer") say(outputs[name], seen[name].toFixed(digits));
    const aer = stale ? undefined : points.items.find((point) => point.x === p.pair_fidelity);
    say(outputs.aer, aer ? withError(aer, 3) : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.pair_fidelity), Math.max(high, p.pair_fidelity)];
    const lines = { s: [], trusted: [], three_bases: [], untrusted: [] };
    for (let i = 0; i <= POINTS_ALONG; i++) {
      const pair_fidelity = range[0] + ((range[1] - range[0]) * i) / POINTS_ALONG;
      const there = trustReadings(state, { ...p, pair_fidelity });
      for (const name of Object.keys(lines)) lines[name].push([pair_fidelity, there[name]]);
    }
    const where = `Over fidelities from ${range[0]} to ${range[1]}. At ${p.pair_fidelity}:`;
    charts.s.draw(`${where} S = ${seen.s.toFixed(3)}; 2 can be agreed beforehand.`, {
      range, lines: [{ kind: "one", points: lines.s }], here: { x: p.pair_fidelity, y: seen.s },
      measured: points.items.map((point) => ({ ...point, stale })),
    });
    charts.keys.draw(`${where} ${seen.trusted.toFixed(3)} bits per pair with own devices trusted, ${seen.three_bases.toFixed(3)} with a third basis, ${seen.untrusted.toFixed(3)} with nothing trusted.`, {
      range, here: { x: p.pair_fidelity, y: seen.trusted },
      lines: [{ kind: "two", points: lines.three_bases }, { kind: "one", points: lines.trusted }, { kind: "three", points: lines.untrusted }],
    });
    legend.draw(["own devices trusted", "and a third basis", "nothing trusted", "now",
      stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return trustSentence(seen);
  }

  return { node, draw, close: () => [charts.s, charts.keys].forEach((chart) => chart.close()) };
}

export default makeExplorer(scene);
