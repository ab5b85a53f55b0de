// The explorer of Eve's toolbox: knowledge against disturbance, and what the decoys see.

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import {
  DECOY_MEAN, NO_KEY_ABOVE, attackedPulses, bestCollective, bestIndividual, bobsOwn, knownToEve, multiphotonsPerClick,
} from "./theory_eve.js";

const ALONG = 60;
const PLANE = { x_label: "error rate of the sifted bits", y_label: "known to Eve, bits per bit", y_range: [0, 1.05] };
const GAINS = { x_label: "mean photon number of a pulse", y_label: "gain, over the honest signal's", y_range: [0, 1.2] };
const HONEST = { attack: "none", strength: 0 };

function eveReadings(state, p) {
  const [eve, mu] = [state, state.mu];
  const at = (who, m) => attackedPulses(p, who, mu, m);
  const [seen, honest] = [at(eve, mu), at(HONEST, mu)];
  return {
    qber: seen.qber,
    known: knownToEve(p, eve, mu),
    signal_gain: seen.gain,
    honest_gain: honest.gain,
    ratio: at(eve, DECOY_MEAN).gain / seen.gain,
    honest_ratio: at(HONEST, DECOY_MEAN).gain / honest.gain,
    in_the_dark: at(eve, 0).gain,
    dark_expected: at(HONEST, 0).gain,
    per_click: multiphotonsPerClick(p, mu),
    honest_qber: honest.qber,
  };
}

const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;

function eveSentence(state, seen) {
  const decoys = state.decoys === "on";
  const { attack } = state;
  if (attack === "none")
    return `Nobody listens, and nobody can know that: ${percent(seen.qber)} of errors could hide ${bestCollective(seen.qber).toFixed(3)} bits of each bit. That is what is paid.`;
  if (attack === "impostor")
    return "Both halves are perfect and the keys differ. No error, no gain and no decoy shows it; only authentication tells who answered.";
  if (attack === "blinding") {
    const tell = decoys ? "the empty pulses never click, and no pulse clicks twice." : "nobody looks at empty pulses, and nothing shows it.";
    return `No errors, and Eve knows every bit. What is missing are the dark counts: ${tell}`;
  }
  if (attack === "splitting") {
    const all = `The errors are the line's own, and Eve knows ${percent(seen.known, 0)} of the bits`;
    if (Math.abs(seen.signal_gain / seen.honest_gain - 1) > 0.02) return `${all}. Bob's gain is off: the line is too short to hide in.`;
    if (!decoys) return `${all}. Nothing that is measured betrays her.`;
    if (Math.abs(seen.ratio / seen.honest_ratio - 1) < 0.02) return `${all}. The decoys see nothing yet.`;
    return `${all}. The decoys arrive at ${seen.ratio.toFixed(2)} of the signal's gain where an honest line gives ${seen.honest_ratio.toFixed(2)}.`;
  }
  if (seen.qber > NO_KEY_ABOVE) return `Eve knows ${seen.known.toFixed(3)} bits of each bit, and ${percent(seen.qber)} errors end the session: no key for anybody.`;
  return `${percent(seen.qber)} errors tell that ${bestCollective(seen.qber).toFixed(3)} bits of each bit may be known: shortened by that, the key is secret. Eve has ${seen.known.toFixed(3)}.`;
}

const EVE_NUMBERS = [
  ["qber", "Error rate", 4],
  ["known", "Known to Eve", 4],
  ["signal_gain", "Signal gain", 6],
  ["honest_gain", "… of an honest line", 6],
  ["ratio", "Decoy gain over signal", 4],
  ["honest_ratio", "… of an honest line", 4],
  ["in_the_dark", "Gain of empty pulses", 7],
  ["per_click", "Multiphoton pulses per click", 1],
];
const SEEN_WITH_DECOYS = ["ratio", "in_the_dark"];

function scene(config) {
  const charts = { plane: makeChart(PLANE, 268), gains: makeChart(GAINS, 268) };
  const outputs = Object.fromEntries(EVE_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const rows = EVE_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]);
  const legend = makeLegend([["line", "two"], ["line", "three"], ["line", "mean"], ["here", ""], ["line", "one"], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("dl", { class: "qnl-numbers qnl-eve" }, ...rows),
    html("div", { class: "qnl-beside" }, charts.plane.node, charts.gains.node), legend.node);
  const along = (end, value) => Array.from({ length: ALONG + 1 }, (_, i) => [(end * i) / ALONG, value((end * i) / ALONG)]);

  function draw({ state, parameters: p }) {
    const seen = eveReadings(state, p);
    const decoys = state.decoys === "on";
    for (const [name, , digits] of EVE_NUMBERS)
      say(outputs[name], SEEN_WITH_DECOYS.includes(name) && !decoys ? "not sent" : seen[name].toFixed(digits));
    const edge = Math.max(0.3, Math.ceil(seen.qber * 20) / 20);
    charts.plane.draw(`Errors ${percent(seen.qber)}; known to Eve ${seen.known.toFixed(3)} bits of each bit. The most that can be had: ${bestIndividual(Math.min(seen.qber, 0.5)).toFixed(3)} photon by photon, ${bestCollective(seen.qber).toFixed(3)} on all together, from single photons.`, {
      range: [0, edge], here: { x: seen.qber, y: seen.known },
      lines: [
        { kind: "two", points: along(edge, (q) => bestCollective(q)) },
        { kind: "three", points: along(edge, (q) => bestIndividual(Math.min(q, 0.5))) },
        { kind: "mean", points: along(edge, (q) => bobsOwn(q)) },
      ],
    });
    const share = (who) => (m) => attackedPulses(p, who, state.mu, m).gain / seen.honest_gain;
    const spots = decoys ? [DECOY_MEAN, state.mu] : [state.mu];
    charts.gains.draw(`Gain of ${spots.join(" and ")} photons, as seen: ${spots.map((m) => share(state)(m).toFixed(3)).join(" and ")} of the honest signal's; an honest line: ${spots.map((m) => share(HONEST)(m).toFixed(3)).join(" and ")}.`, {
      range: [0, state.mu],
      lines: [{ kind: "one", points: along(state.mu, share(HONEST)) }],
      measured: spots.map((m) => ({ x: m, y: share(state)(m), std_error: 0 })),
    });
    legend.draw(["most, all together", "most, photon by photon", "what Bob has", "this attack", "gains of an honest line", "gains as seen"], false);
    return eveSentence(state, seen);
  }

  return {
    node, draw,
    enabled: (state, name) => name !== "strength" || !["none", "blinding", "impostor"].includes(state.attack),
    close: () => [charts.plane, charts.gains].forEach((chart) => chart.close()),
  };
}

export default makeExplorer(scene);
