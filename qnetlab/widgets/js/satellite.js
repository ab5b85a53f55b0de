// The satellite explorer: one pass, moment by moment, and the key that it leaves.

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, shown } from "./numbers.js";
import { makeSky, makeTwice } from "./satellite_pictures.js";
import { beamRadius, clicksBehind, keyOfPass, lossAtTime, lossOfPath, passSeconds, pathLosses, satelliteAt, siftedRate } from "./theory_satellite.js";

const MOMENTS = 100;
const PASSES = 35;
const GLASS = 0.2; // dB per km

// A whole number of bits as people say it.
function bitsText(bits) {
  if (!(bits > 0)) return "none";
  const [size, unit] = [[1e9, "Gbit"], [1e6, "Mbit"], [1e3, "kbit"], [1, "bit"]].find(([least]) => bits >= least) ?? [1, "bit"];
  return `${shown(Number((bits / size).toPrecision(3)))} ${unit}`;
}

export function satelliteReadings(state, p) {
  const seconds = passSeconds(p);
  const t = seconds * (state.moment / 100 - 0.5) * (1 - 1e-12); // the last instant is still up
  const seen = satelliteAt(p, t);
  const loss = lossOfPath(p, seen.range_km, seen.elevation_deg);
  const clicks = clicksBehind(p, loss);
  return {
    ...seen, t, loss, ...keyOfPass(p),
    losses: pathLosses(p, seen.range_km, seen.elevation_deg),
    beam_m: 2 * beamRadius(p, seen.range_km),
    fiber_km: loss / GLASS,
    twice: lossOfPath(p, 2 * seen.range_km, seen.elevation_deg) - loss,
    rate: siftedRate(p, clicks),
    qber_now: clicks.kinds[0].qber,
  };
}

export function satelliteSentence(seen) {
  const now = `${seen.range_km.toFixed(0)} km of space cost ${seen.loss.toFixed(1)} dB, like ${seen.fiber_km.toFixed(0)} km of fiber.`;
  if (!(seen.seconds >= 1)) return `${now} This pass only touches the lowest elevation that is used, and is over.`;
  if (!(seen.key > 0)) {
    return seen.qber > 0.09
      ? `${now} No key: ${(100 * seen.qber).toFixed(1)} % of the bits of this pass are wrong, most of them from the sky and the dark.`
      : `${now} No key: ${bitsText(seen.sifted)} of sifted bits are too few to be sure of anything.`;
  }
  return `${now} The pass lasts ${duration(seen.seconds)} and leaves ${bitsText(seen.key)} of secret key; then it is gone, for hours.`;
}

const READ_OFF = [
  ["range", "Distance"],
  ["loss", "Loss now"],
  ["elevation", "Elevation"],
  ["fiber", "Fiber that loses as much"],
  ["rate", "Sifted bits/s now"],
  ["twice", "Twice as far, space"],
  ["qber", "Wrong bits now"],
  ["glass", "Twice as far, glass"],
  ["duration", "This pass lasts"],
  ["key", "Key of this pass"],
];

function scene(config) {
  const sky = makeSky();
  const twice = makeTwice();
  const charts = { loss: makeChart(config.loss_chart, 150), key: makeChart(config.chart, 150) };
  const outputs = Object.fromEntries(READ_OFF.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["here", ""]]);
  const node = html("div", { class: "qnl-figures" },
    sky.node,
    html("dl", { class: "qnl-numbers qnl-pass" }, ...READ_OFF.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])),
    twice.node,
    html("div", { class: "qnl-beside" }, charts.loss.node, charts.key.node), legend.node);

  function draw({ state, parameters: p }) {
    const seen = satelliteReadings(state, p);
    say(outputs.range, `${seen.range_km.toFixed(1)} km`);
    say(outputs.elevation, `${seen.elevation_deg.toFixed(2)}°`);
    say(outputs.loss, `${seen.loss.toFixed(2)} dB`);
    say(outputs.fiber, `${seen.fiber_km.toFixed(0)} km`);
    say(outputs.twice, `+${seen.twice.toFixed(2)} dB`);
    say(outputs.glass, `+${seen.loss.toFixed(2)} dB`);
    say(outputs.rate, shown(Number(seen.rate.toPrecision(3))));
    say(outputs.qber, `${(100 * seen.qber_now).toFixed(2)} %`);
    say(outputs.duration, `${seen.seconds.toFixed(0)} s`);
    say(outputs.key, bitsText(seen.key));

    const path = [];
    const loss = [];
    for (let i = 0; i <= MOMENTS; i++) {
      const t = seen.seconds * (i / MOMENTS - 0.5) * (1 - 1e-12);
      const { along_km, up_km } = satelliteAt(p, t);
      path.push([along_km, up_km]);
      loss.push([t, lossAtTime(p, t)]);
    }
    sky.draw({ seen, path, telescope_m: p.receiver_diameter_m });
    twice.draw(seen);
    const half = Math.max(30, seen.seconds / 2);
    charts.loss.draw(`Loss over the pass, from ${loss[50][1].toFixed(1)} dB at its highest to ${loss[0][1].toFixed(1)} dB at its ends; now ${seen.loss.toFixed(1)} dB.`, {
      range: [-half, half], lines: [{ kind: "one", points: loss }], here: { x: seen.t, y: seen.loss },
    });
    const key = [];
    const [low, high] = [Math.max(config.chart.x_range[0], p.min_elevation_deg), 90];
    for (let i = 0; i <= PASSES; i++) {
      const culmination_deg = low + ((high - low) * i) / PASSES;
      key.push([culmination_deg, keyOfPass({ ...p, culmination_deg, step_s: Math.max(p.step_s, 8) }).key]);
    }
    charts.key.draw(`Secret bits of one pass, logarithmic, by its highest elevation from ${low.toFixed(0)} to 90 degrees. This pass: ${bitsText(seen.key)}.`, {
      range: [Math.min(low, 89), 90], lines: [{ kind: "one", points: key }], here: { x: p.culmination_deg, y: seen.key },
    });
    legend.draw(["this satellite and these telescopes", "this moment; this pass"], false);
    return satelliteSentence(seen);
  }

  return { node, draw, close: () => [sky, twice, charts.loss, charts.key].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
