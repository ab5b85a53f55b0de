// The herald explorer: one click or two?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, withError } from "./numbers.js";
import { attemptSeconds, heralded, heraldedFidelity, heraldedRate } from "./theory_heralding.js";

const HERALD_SAMPLES = 120;
const HERALD_NAMES = { single_click: "one click", two_click: "two clicks", midpoint_source: "a source between", sender_receiver: "node to node" };
const NO_DIFFERENCE = 5e-4;

const asScheme = (p, scheme) => ({ ...p, scheme, bell_measurement: scheme === "single_click" ? "linear_optics" : p.bell_measurement });

// Pairs per second as people say it: 1290, 25.8, 0.0255; or how long one takes.
export function pairsText(rate_hz) {
  if (!(rate_hz > 0)) return "none";
  if (rate_hz < 0.01) return `one in ${duration(1 / rate_hz)}`;
  return rate_hz >= 9999.5 ? `${Number((rate_hz / 1e3).toPrecision(3))} k` : String(Number(rate_hz.toPrecision(3)));
}

export function heraldReadings(p) {
  const other = asScheme(p, p.scheme === "single_click" ? "two_click" : "single_click");
  return {
    rate: heraldedRate(p),
    fidelity: heraldedFidelity(p),
    other: other.scheme,
    other_rate: heraldedRate(other),
    other_fidelity: heraldedFidelity(other),
    attempts: 1 / heralded(p).probability,
    attempt_s: attemptSeconds(p),
  };
}

export function heraldSentence(p, seen) {
  if (!(seen.rate > 0)) return "No photon is ever seen, and nothing is heralded.";
  const wrong = 1 - seen.fidelity;
  const faster = seen.rate / seen.other_rate;
  const first = `${HERALD_NAMES[p.scheme][0].toUpperCase()}${HERALD_NAMES[p.scheme].slice(1)}: ${pairsText(seen.rate)} pairs per second, F = ${seen.fidelity.toFixed(3)}.`
    .replace(/: (one in .*) pairs per second/, ": $1");
  if (!(seen.other_rate > 0)) return first;
  const times = (value) => Number(value.toPrecision(2));
  const beside = faster >= 1 ? `${times(faster)} times as many as with ${HERALD_NAMES[seen.other]}` : `1/${times(1 / faster)} of what ${HERALD_NAMES[seen.other]} gives`;
  const gap = seen.other_fidelity - seen.fidelity;
  const better = `${faster >= 1 ? "and" : "but"} better by ${(-gap).toFixed(3)}`;
  const worth = Math.abs(gap) < NO_DIFFERENCE ? ", of pairs as good" : gap > 0 ? `; ${gap.toFixed(3)} of fidelity is the price` : `, ${better}`;
  if (p.scheme === "single_click" && wrong > NO_DIFFERENCE && p.overlap === 1 && p.dark_count_rate_hz === 0 && p.phase_noise_rad === 0) {
    return `${first} That is ${beside}${worth}: twice as bright is twice as often, and twice as wrong.`;
  }
  return `${first} That is ${beside}${worth}.`;
}

const HERALD_NUMBERS = [
  ["rate", "Pairs per second"],
  ["other_rate", "… per second"],
  ["fidelity", "Fidelity"],
  ["other_fidelity", "… fidelity"],
  ["aer", "On Aer"],
  ["attempts", "Attempts per pair"],
  ["attempt", "One attempt takes"],
];
const RATE_RANGE = [1e-3, 1e6];

function scene(config) {
  const rates = makeChart({ ...config.chart, y_label: "pairs/s", y_range: RATE_RANGE, y_log: true, limits: {} }, 196);
  const quality = makeChart({ ...config.chart, wide: true }, 196);
  const outputs = Object.fromEntries(HERALD_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const labels = Object.fromEntries(HERALD_NUMBERS.map(([name, label]) => [name, html("dt", {}, label)]));
  const legend = makeLegend([["line", "one"], ["line", "two"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures qnl-herald" },
    html("dl", { class: "qnl-numbers" }, ...HERALD_NUMBERS.flatMap(([name]) => [labels[name], outputs[name]])),
    rates.node, quality.node, legend.node);

  function draw({ parameters: p, points, stale }) {
    const seen = heraldReadings(p);
    say(outputs.rate, pairsText(seen.rate));
    say(outputs.other_rate, pairsText(seen.other_rate));
    say(outputs.fidelity, seen.fidelity.toFixed(4));
    say(outputs.other_fidelity, seen.other_fidelity.toFixed(4));
    say(outputs.attempts, Number.isFinite(seen.attempts) ? String(Number(seen.attempts.toPrecision(3))) : "no end");
    say(outputs.attempt, duration(seen.attempt_s));
    say(labels.other_rate, `… with ${HERALD_NAMES[seen.other]}`);
    say(labels.other_fidelity, `… with ${HERALD_NAMES[seen.other]}`);
    const here = stale ? undefined : points.items.find((point) => point.x === p.length_km);
    say(outputs.aer, here ? withError(here, 3) : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.length_km), Math.max(high, p.length_km)];
    const places = Array.from({ length: HERALD_SAMPLES + 1 }, (_, i) => range[0] + ((range[1] - range[0]) * i) / HERALD_SAMPLES);
    const along = (scheme, quantity) => places.map((length_km) => [length_km, quantity({ ...asScheme(p, scheme), length_km })]);
    const both = (quantity) => [
      { kind: "two", points: along(seen.other, quantity) },
      { kind: "one", points: along(p.scheme, quantity) },
    ];
    rates.draw(`Pairs per second, logarithmic, against kilometers: ${pairsText(seen.rate)} with ${HERALD_NAMES[p.scheme]}, ${pairsText(seen.other_rate)} with ${HERALD_NAMES[seen.other]}.`,
      { range, lines: both(heraldedRate), here: { x: p.length_km, y: seen.rate } });
    quality.draw(`Fidelity against kilometers: ${seen.fidelity.toFixed(3)} with ${HERALD_NAMES[p.scheme]}, ${seen.other_fidelity.toFixed(3)} with ${HERALD_NAMES[seen.other]}.`,
      { range, lines: both(heraldedFidelity), here: { x: p.length_km, y: seen.fidelity }, measured: points.items.map((point) => ({ ...point, stale })) });
    legend.draw([HERALD_NAMES[p.scheme], HERALD_NAMES[seen.other], "this length",
      stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return heraldSentence(p, seen);
  }

  return { node, draw, close: () => { rates.close(); quality.close(); } };
}

export default makeExplorer(scene);
