// The basis explorer: is a superposition a coin?

import { makeBars } from "./bars.js";
import { makeBloch } from "./bloch.js";
import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { shown, withError } from "./numbers.js";
import { blochVector, coinVector, stateVector, zeroProbability } from "./theory_qubit.js";

const SAMPLES = 80;
const DEGREES = 180 / Math.PI;
const digits = (value, count = 4) => value.toFixed(count);

// The numbers of one setting.
function readings(state, p) {
  const axis = blochVector(p.theta_rad, p.phi_rad);
  const asked = (vector) => zeroProbability(vector, axis, p.bob_error_0, p.bob_error_1);
  const [first, coin] = [stateVector(p.state), coinVector(p.coin_probability_1)];
  return { first, coin, axis, probability_0: asked(first), coin_probability_0: asked(coin) };
}

function stateName(state) {
  return typeof state === "string" ? `|${state.replace("-", "−")}⟩` : "the state";
}

function sentenceFor(p, seen) {
  const name = stateName(p.state);
  const [first, coin] = [digits(seen.probability_0, 3), digits(seen.coin_probability_0, 3)];
  const apart = Math.abs(seen.probability_0 - seen.coin_probability_0);
  const at = p.theta_rad === 0 ? "Along Z" : p.theta_rad === Math.PI / 2 && p.phi_rad === 0 ? "Along X" : "Along this axis";
  if (apart < 0.0005) return `${at} both boxes give 0 with P = ${first}: no number of shots tells them apart. Turn the axis.`;
  if (seen.probability_0 > 0.9995 || seen.probability_0 < 0.0005) {
    const certain = seen.probability_0 > 0.5 ? "0" : "1";
    return `${at} ${name} gives ${certain} every time; the coin gives 0 with P = ${coin}. ${name} was not secretly 0 or 1, or it would do what the coin does.`;
  }
  return `${at} ${name} gives 0 with P = ${first}, the coin with P = ${coin}. The state has a direction, the coin has ${p.coin_probability_1 === 0.5 ? "none" : "one along Z only"}.`;
}

function scene(config) {
  const bars = { first: makeBars("What the first box gives", 150), coin: makeBars("What the coin gives", 150) };
  const ball = makeBloch("State, coin and axis", 176);
  const chart = makeChart({ ...config.chart, x_label: "angle of the axis from Z, in degrees", x_ticks: [0, 30, 60, 90, 120, 150, 180] }, 176);
  const first = { name: html("span"), value: html("b", { "data-number": "probability_0" }) };
  const coin = html("b", { "data-number": "coin_probability_0" });
  const aer = html("b", { "data-number": "aer" });
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("div", { class: "qnl-boxes" },
      html("figure", {}, bars.first.node, html("figcaption", {}, first.name, first.value)),
      html("figure", {}, bars.coin.node, html("figcaption", {}, "The coin gives 0: ", coin)),
      html("figure", {}, ball.node, html("figcaption", {}, "Dashed: the axis. Blue: the coin"))),
    chart.node, legend.node,
    html("p", { class: "qnl-note" }, "Shot on Aer, first box, share of 0: ", aer));

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    const columns = (zero) => [{ name: "0", share: zero, wanted: true }, { name: "1", share: 1 - zero, wanted: false }];
    const spoken = (zero) => `0: ${digits(zero, 2)}, 1: ${digits(1 - zero, 2)}`;
    bars.first.draw(`${stateName(p.state)}, ${spoken(seen.probability_0)}.`, columns(seen.probability_0));
    bars.coin.draw(`The coin, ${spoken(seen.coin_probability_0)}.`, columns(seen.coin_probability_0));
    say(first.name, `${stateName(p.state)} gives 0: `);
    say(first.value, digits(seen.probability_0));
    say(coin, digits(seen.coin_probability_0));
    ball.draw(`The state is an arrow of length 1, the coin one of length ${digits(Math.abs(seen.coin[2]), 2)}; the axis is ${shown(p.theta_rad, "degrees")} from Z.`,
      [{ vector: seen.coin, kind: "bob" }, { vector: seen.first, kind: "message" }, { vector: seen.axis, kind: "ghost" }]);

    const here = stale ? undefined : points.items.find((point) => point.x === p.theta_rad);
    say(aer, here ? withError(here, 3) : config.live ? "running …" : "not in this page");
    const range = [0, 180];
    const curveOf = (key) => Array.from({ length: SAMPLES + 1 }, (_, i) => {
      const degrees = (180 * i) / SAMPLES;
      return [degrees, readings(state, { ...p, theta_rad: degrees / DEGREES })[key]];
    });
    chart.draw(`At ${shown(p.theta_rad, "degrees")} the first box gives 0 with P = ${digits(seen.probability_0, 3)}, the coin with ${digits(seen.coin_probability_0, 3)}.`, {
      range,
      lines: [{ kind: "mean", points: curveOf("coin_probability_0") }, { kind: "one", points: curveOf("probability_0") }],
      measured: points.items.map((point) => ({ ...point, x: point.x * DEGREES, stale })),
      here: { x: p.theta_rad * DEGREES, y: seen.probability_0 },
    });
    legend.draw([stateName(p.state), "coin", "this axis", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(p, seen);
  }

  return { node, draw, close: () => [bars.first, bars.coin, ball, chart].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
