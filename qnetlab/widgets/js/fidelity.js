// The fidelity explorer: what does one number promise?

import { makeChart, makeLegend } from "./chart.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { promisesOf } from "./theory_noisy.js";
import { withError } from "./numbers.js";

const SAMPLES = 60;
const digits = (value, count = 4) => value.toFixed(count).replace(/^-(?=0\.0*$)/, ""); // never "-0.00"
const percent = (value) => `${(100 * value).toFixed(1)} %`;

// Two amounts of noise and a name in a list are two ways to say the same pair. `own` keeps those without a name.
function settle(config, next, changed, before, own) {
  const noiseOf = (state) => [state.white_noise, state.dephasing];
  if (changed === "example") {
    if (before.example === "own") own.noise = noiseOf(before);
    const noise = next.example === "own" ? own.noise : config.examples[next.example];
    if (noise) [next.white_noise, next.dephasing] = noise;
  } else {
    const here = noiseOf(next);
    next.example = Object.keys(config.examples).find((name) => config.examples[name].every((value, i) => value === here[i])) ?? "own";
  }
}

function readings(state, p) {
  return promisesOf(p);
}

function sentenceFor(seen) {
  const start = `F = ${digits(seen.fidelity, 3)}. Measured alike, ${percent(1 - seen.qber_z)} of the bits agree in Z and ${percent(1 - seen.qber_x)} in X.`;
  if (seen.concurrence < 0.0005) return `${start} No entanglement is left: two coins could do this.`;
  if (seen.s_max <= 2.0005) return `${start} The pair is entangled, yet passes S = 2 at no settings.`;
  return `${start} Entangled, and at its best settings S = ${digits(seen.s_max, 3)}.`;
}

// What each promise is: its range, where it begins to be worth something, and what lies there.
const SCALES = [
  { name: "fidelity", label: "Fidelity F", low: 0.25, high: 1, mark: 0.5, says: "entangled beyond 1/2" },
  { name: "concurrence", label: "Concurrence", low: 0, high: 1, mark: 0, says: "0: not entangled" },
  { name: "s_max", label: "S, best settings", low: 0, high: 2 * Math.SQRT2, mark: 2, says: "beats agreements beyond 2" },
  { name: "s", label: "S, standard settings", low: 0, high: 2 * Math.SQRT2, mark: 2, says: "the same" },
  { name: "qber_z", label: "Bits that differ, Z", low: 0.5, high: 0, mark: 0.11, says: "a key if Z and X stay below 11 %" },
  { name: "qber_x", label: "Bits that differ, X", low: 0.5, high: 0, mark: 0.11, says: "the same" },
  { name: "teleportation", label: "Teleportation", low: 0.5, high: 1, mark: 2 / 3, says: "beats the phone beyond 2/3" },
];
const ROW = 27;
const [NAMES_END, ROOM_AFTER] = [136, 64];

// A bar per promise, filled as far as the pair goes; beyond the mark it is worth something.
function makePromises() {
  return picture("What the pair is good for", 4 + SCALES.length * ROW, [promiseRows]);
}

function promiseRows(width, seen) {
  return SCALES.flatMap(({ name, label, low, high, mark, says }, row) => {
    const right = width - ROOM_AFTER;
    const y = 14 + row * ROW;
    const share = (value) => Math.min(1, Math.max(0, (value - low) / (high - low)));
    const x = (value) => NAMES_END + share(value) * (right - NAMES_END);
    const isWorth = share(seen[name]) > share(mark) + 1e-9;
    const after = x(mark) + 7 * says.length < right;
    return [
      svgText(NAMES_END - 8, y + 4, label, { "text-anchor": "end" }),
      svg("rect", { x: NAMES_END, y: y - 9, width: right - NAMES_END, height: 18, rx: 3, class: "qnl-track" }),
      svg("rect", { x: NAMES_END, y: y - 9, width: Math.max(x(seen[name]) - NAMES_END, 1), height: 18, rx: 3, class: isWorth ? "qnl-kept qnl-worth" : "qnl-kept" }),
      svg("line", { x1: x(mark), x2: x(mark), y1: y - 12, y2: y + 12, class: "qnl-threshold" }),
      svgText(x(mark) + (after ? 6 : -6), y + 4, says, { "text-anchor": after ? "start" : "end" }),
      svgText(right + 8, y + 4, digits(seen[name]), { class: isWorth ? "qnl-text qnl-strong" : "qnl-text", "data-number": name }),
    ];
  });
}

// S at best settings against F, for one kind of noise alone.
function pureCurves() {
  const curve = (noiseAt, low) => Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const fidelity = low + ((1 - low) * i) / SAMPLES;
    return [fidelity, promisesOf(noiseAt(fidelity)).s_max];
  });
  return {
    white: curve((f) => ({ white_noise: (4 * (1 - f)) / 3, dephasing: 0 }), 0.25),
    dephasing: curve((f) => ({ white_noise: 0, dephasing: 1 - f }), 0.5),
  };
}

function scene(config) {
  const own = { noise: null };
  const pure = pureCurves();
  const gauges = makePromises();
  const charts = { along: makeChart(config.chart, 190), against: makeChart(config.against_chart, 190) };
  const aer = html("span", { "data-number": "aer" });
  const legend = makeLegend([["line", "one"], ["line", "two"], ["line", "three"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures qnl-promises" },
    html("div", {},
      gauges.node, html("p", { class: "qnl-note" }, "S, standard settings, drawn on Aer: ", aer)),
    html("div", { class: "qnl-beside" }, charts.along.node, charts.against.node), legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    gauges.draw(`${SCALES.map(({ name, label }) => `${label}: ${digits(seen[name], 3)}`).join(", ")}.`, seen);
    const here = stale ? undefined : points.items.find((point) => point.x === p.white_noise);
    say(aer, here ? withError(here, 2) : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const standard = Array.from({ length: SAMPLES + 1 }, (_, i) => {
      const white_noise = low + ((high - low) * i) / SAMPLES;
      return [white_noise, promisesOf({ ...p, white_noise }).s];
    });
    charts.along.draw(`S at the standard settings against white noise: ${digits(seen.s, 3)} here.`, {
      range: config.chart.x_range, lines: [{ kind: "one", points: standard }],
      measured: points.items.map((point) => ({ ...point, stale })), here: { x: p.white_noise, y: seen.s },
    });
    charts.against.draw(`S at the best settings against F: ${digits(seen.s_max, 3)} at F = ${digits(seen.fidelity, 3)}; with white noise alone it is less than with dephasing alone.`, {
      range: config.against_chart.x_range,
      lines: [{ kind: "two", points: pure.white }, { kind: "three", points: pure.dephasing }],
      measured: [], here: { x: seen.fidelity, y: seen.s_max },
    });
    legend.draw(["this dephasing", "white noise alone", "dephasing alone", "this pair", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(seen);
  }

  return {
    node,
    draw,
    settle: (given, next, changed, before) => settle(given, next, changed, before, own),
    close: () => [gauges, charts.along, charts.against].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
