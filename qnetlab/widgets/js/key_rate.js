// The key-rate explorer: how much key, how far, and what stands in the way?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, shown } from "./numbers.js";
import { beyondKey, endlessKey, setupKey, setupReach, undecoyedKey } from "./theory_setup.js";

const SAMPLES = 130;
const CLIFF_STEPS = 16;
const TELLING = 0.005; // less than half a percent is no difference worth a word

// What is drawn, in the order of the legend.
const CURVES = [
  ["one", (p) => setupKey(p).key, "this link, one decoy"],
  ["two", (p) => endlessKey(p, "infinite"), "infinite decoys, no end"],
  ["four", (p) => endlessKey(p, "vacuum+weak"), "vacuum and weak decoy, no end"],
  ["three", undecoyedKey, "no decoys, best intensity"],
  ["mean", (p) => beyondKey(p).bound, "no repeaterless link passes"],
  ["five", (p) => beyondKey(p).twin, "twin fields, no dark counts"],
];

// Bits per second as people say it.
function rateText(bits_s) {
  if (!(bits_s > 0)) return "none";
  const [size, unit] = [[1e6, "Mbit/s"], [1e3, "kbit/s"], [1, "bit/s"]].find(([least]) => bits_s >= least) ?? [1, "bit/s"];
  return `${shown(Number((bits_s / size).toPrecision(3)))} ${unit}`;
}

const kilometers = (km) => (Number.isFinite(km) ? `${km.toFixed(1)} km` : "no end");

export function keyRateReadings(p) {
  const here = setupKey(p);
  const reach = setupReach(p, (there) => setupKey(there).key);
  const endless = { ...p, block_bits: Infinity };
  return {
    ...here,
    bits_s: Math.max(here.key, 0) * p.repetition_rate_hz * here.live,
    reach,
    reach_endless: setupReach(endless, (there) => setupKey(there).key),
    endless: setupKey(endless).key,
    block_s: here.pulses / (p.repetition_rate_hz * here.live),
  };
}

export function keyRateSentence(p, seen) {
  if (!(seen.reach > 0)) {
    return seen.reach_endless > 0
      ? `No key at any length: ${shown(p.block_bits, "si", "bit")} are too few to be sure of anything. Longer blocks reach ${kilometers(seen.reach_endless)}.`
      : "No key at any length: the errors cost more than the photons bring.";
  }
  if (!(seen.key > 0)) {
    const why = `By then ${(100 * seen.qber).toFixed(1)} % of the bits are wrong`;
    return `No key at ${shown(p.length_km)} km: it ended at ${kilometers(seen.reach)}. ${why}, and that is the cliff.`;
  }
  const ends = Number.isFinite(seen.reach) ? `a cliff at ${kilometers(seen.reach)}, where dark counts win` : "no cliff, for nothing is dark";
  const first = `A slope of ${shown(p.attenuation_db_per_km)} dB per km, then ${ends}.`;
  const lost = 1 - seen.key / seen.endless;
  if (!Number.isFinite(p.block_bits)) return `${first} Without end there is no epsilon, and no such session.`;
  if (lost < TELLING) return `${first} Blocks this long cost next to nothing.`;
  const cost = `Finite blocks cost ${(100 * lost).toFixed(0)} % of the key here`;
  return Number.isFinite(seen.reach_endless) ? `${first} ${cost} and ${(seen.reach_endless - seen.reach).toFixed(0)} km of reach.` : `${first} ${cost}.`;
}

// Points along a curve; where it falls below 0 a few more, ever closer to its end: a cliff is steep.
function fallingLine(curve, [low, high]) {
  const points = [];
  for (let i = 0; i <= SAMPLES; i++) {
    const x = low + ((high - low) * i) / SAMPLES;
    const value = curve(x);
    if (points.length && points.at(-1)[1] > 0 && !(value > 0)) {
      let [left, right] = [points.at(-1)[0], x];
      for (let step = 0; step < CLIFF_STEPS; step++) {
        const middle = (left + right) / 2;
        const there = curve(middle);
        if (there > 0) {
          points.push([middle, there]);
          left = middle;
        } else right = middle;
      }
    }
    points.push([x, value]);
  }
  return points;
}

const READ_OFF = [
  ["rate", "Secret key here"],
  ["reach", "Key ends at"],
  ["qber", "Wrong bits here"],
  ["reach_endless", "… without end at"],
  ["block", "One block takes"],
  ["bound", "Of the bound here"],
];

function scene(config) {
  const chart = makeChart(config.chart, 318);
  const outputs = Object.fromEntries(READ_OFF.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([...CURVES.map(([kind]) => ["line", kind]), ["here", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("dl", { class: "qnl-numbers qnl-keyrate" }, ...READ_OFF.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])),
    chart.node, legend.node);

  function draw({ state, parameters }) {
    const p = { ...parameters, mu: state.mu };
    const seen = keyRateReadings(p);
    const { bound } = beyondKey(p);
    say(outputs.rate, rateText(seen.bits_s));
    say(outputs.reach, seen.reach > 0 ? kilometers(seen.reach) : "nowhere");
    say(outputs.reach_endless, seen.reach_endless > 0 ? kilometers(seen.reach_endless) : "nowhere");
    say(outputs.qber, `${(100 * seen.qber).toFixed(2)} %`);
    say(outputs.block, Number.isFinite(seen.block_s) ? duration(seen.block_s) : "no end");
    say(outputs.bound, seen.key > 0 ? `${Number(((100 * seen.key) / bound).toPrecision(2))} %` : "none");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.length_km), Math.max(high, p.length_km)];
    const lines = CURVES.map(([kind, curve]) => ({ kind, points: fallingLine((length_km) => curve({ ...p, length_km }), range) }));
    const words = `Secret bits per pulse, logarithmic, from ${shown(range[0])} to ${shown(range[1])} km. This link at ${shown(p.length_km)} km: ${seen.key > 0 ? seen.key.toExponential(2) : "no key"}; it ends at ${kilometers(seen.reach)}.`;
    chart.draw(words, { range, lines, here: { x: p.length_km, y: seen.key } });
    legend.draw([...CURVES.map(([, , name]) => name), "this length"], false);
    return keyRateSentence(p, seen);
  }

  return { node, draw, close: () => chart.close() };
}

export default makeExplorer(scene);
