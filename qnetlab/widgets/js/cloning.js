// The cloning explorer: how good can a copier be?

import { makeBars } from "./bars.js";
import { makeBloch } from "./bloch.js";
import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { shown, withError } from "./numbers.js";
import { CLONING_LIMIT, COPIERS, copyFidelities, copyFidelity, copyVectors, meanCopyFidelity } from "./theory_cloning.js";
import { blochVector } from "./theory_qubit.js";

const SAMPLES = 72;
const DEGREES = 180 / Math.PI;
const COPIER_NAMES = { cnot: "CNOT", universal: "universal", measure_and_resend: "measure" };
const LINE_KINDS = { cnot: "two", universal: "one", measure_and_resend: "three" };
const digits = (value, count = 4) => value.toFixed(count);

// The numbers of one setting.
function readings(state, p) {
  const original = blochVector(p.theta_rad, p.phi_rad);
  const [bob, charlie] = copyFidelities(p, original);
  return {
    original,
    copies: copyVectors(p, original),
    fidelity: copyFidelity(p, original),
    fidelity_bob: bob,
    fidelity_charlie: charlie,
    average: meanCopyFidelity(p),
    averages: COPIERS.map((copier) => meanCopyFidelity({ ...p, copier })),
  };
}

function sentenceFor(p, seen) {
  const f = digits(seen.fidelity, 3);
  const ideal = p.one_qubit_error === 0 && p.two_qubit_error === 0;
  const mean = `Mean over the sphere: ${digits(seen.average, 3)}`;
  if (p.copier === "universal") {
    return `Each copy passes with F = ${f}${ideal ? ", whatever the original: the best that any machine can do for all of them" : ""}. ${mean}.`;
  }
  const flat = Math.abs(seen.original[2]);
  const does = p.copier === "cnot" ? "A CNOT" : "Measuring and making two new ones";
  if (ideal && flat > 0.9999) return `${does} copies |0⟩ and |1⟩ as well as can be: F = ${f}. Now tilt the original. ${mean}, no better than phoning.`;
  if (flat < 0.0001) {
    const why = p.copier === "cnot" ? "the two copies together are a Bell pair, and one half alone is a coin" : "the measurement made a coin of it";
    return `On the equator F = ${f}: ${why}. ${mean}.`;
  }
  return `${does} passes with F = ${f} here. ${mean}, while the best machine reaches ${digits(CLONING_LIMIT, 3)} for every original.`;
}

const CLONING_NUMBERS = [
  ["fidelity_bob", "Bob's copy"],
  ["fidelity_charlie", "Charlie's copy"],
  ["fidelity", "Mean of both"],
  ["aer", "Shot on Aer"],
  ["average", "Mean over sphere"],
  ["limit", "Best possible mean"],
];

function scene(config) {
  const ball = makeBloch("Original and copies", 190);
  const bars = makeBars("Mean over the sphere, three copiers", 190);
  const chart = makeChart({ ...config.chart, x_label: "tilt θ of the original in degrees", x_ticks: [0, 30, 60, 90, 120, 150, 180] }, 190);
  const outputs = Object.fromEntries(CLONING_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "two"], ["line", "one"], ["line", "three"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("div", { class: "qnl-copies" },
      html("figure", {}, ball.node, html("figcaption", {}, "Dashed: original. Blue: copies")),
      html("figure", {}, bars.node, html("figcaption", {}, "Mean over the sphere")),
      html("dl", { class: "qnl-numbers" }, ...CLONING_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]))),
    chart.node, legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    const lengths = seen.copies.map((copy) => digits(Math.hypot(...copy), 2));
    ball.draw(`The original is an arrow of length 1, the copies are ${lengths[0]} and ${lengths[1]} long.`,
      [...seen.copies.map((vector) => ({ vector, kind: "bob" })), { vector: seen.original, kind: "ghost" }]);
    bars.draw(COPIERS.map((copier, i) => `${COPIER_NAMES[copier]}: ${digits(seen.averages[i], 2)}`).join(", ") + ".",
      COPIERS.map((copier, i) => ({ name: COPIER_NAMES[copier], share: seen.averages[i], wanted: copier === p.copier })));

    const here = stale ? undefined : points.items.find((point) => point.x === p.theta_rad);
    for (const name of ["fidelity_bob", "fidelity_charlie", "fidelity", "average"]) say(outputs[name], digits(seen[name]));
    say(outputs.limit, digits(CLONING_LIMIT));
    say(outputs.aer, here ? withError(here, 3) : config.live ? "running …" : "not in this page");

    const curveOf = (copier) => Array.from({ length: SAMPLES + 1 }, (_, i) => {
      const degrees = (180 * i) / SAMPLES;
      return [degrees, copyFidelity({ ...p, copier }, blochVector(degrees / DEGREES, p.phi_rad))];
    });
    chart.draw(`At a tilt of ${shown(p.theta_rad, "degrees")} a copy passes with F = ${digits(seen.fidelity, 3)}.`, {
      range: [0, 180],
      lines: ["universal", "cnot", "measure_and_resend"].map((copier) => ({ kind: LINE_KINDS[copier], points: curveOf(copier) })),
      measured: points.items.map((point) => ({ ...point, x: point.x * DEGREES, stale })),
      here: { x: p.theta_rad * DEGREES, y: seen.fidelity },
    });
    legend.draw(["CNOT", "universal", "measure and make new", "this original",
      stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(p, seen);
  }

  return { node, draw, close: () => [ball, bars, chart].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
