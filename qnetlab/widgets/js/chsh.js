// The CHSH explorer: could they have agreed beforehand?

import { makeChart, makeLegend } from "./chart.js";
import { makeDial } from "./dials.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { shown, withError } from "./numbers.js";
import { AGREEMENTS, LOCAL_LIMIT, QUANTUM_LIMIT, bestValue, chshCorrelators, chshPair, chshValue, concurrenceOf } from "./theory_chsh.js";

const SAMPLES = 60;
const ANGLE_NAMES = ["alice_1_deg", "alice_2_deg", "bob_1_deg", "bob_2_deg"];
const digits = (value, count = 4) => value.toFixed(count).replace(/^-(?=0\.0*$)/, ""); // never "-0.00"

// Four angles and a name in a list are two ways to say the same settings. `own` keeps those that have no name while the
// reader looks at others.
function settle(config, next, changed, before, own) {
  const anglesOf = (state) => ANGLE_NAMES.map((name) => state[name]);
  if (changed === "settings") {
    if (before.settings === "own") own.angles = anglesOf(before);
    const angles = next.settings === "own" ? own.angles : config.named_settings[next.settings];
    if (angles) ANGLE_NAMES.forEach((name, i) => { next[name] = angles[i]; });
  } else if (ANGLE_NAMES.includes(changed)) {
    const here = anglesOf(next);
    const named = Object.keys(config.named_settings).find((name) => config.named_settings[name].every((angle, i) => angle === here[i]));
    next.settings = named ?? "own";
  }
  if (next.noise === "dephasing" && next.pair_fidelity < 0.5) next.pair_fidelity = 0.5; // beyond, the sign is the other one
}

// The numbers of one setting.
function readings(state, p) {
  const pair = chshPair(p);
  const [e_11, e_12, e_21, e_22] = chshCorrelators(p, pair);
  return { e_11, e_12, e_21, e_22, s: e_11 + e_12 + e_21 - e_22, s_max: bestValue(pair), concurrence: concurrenceOf(pair) };
}

function sentenceFor(seen) {
  const s = `S = ${digits(seen.s, 3)}`;
  if (Math.abs(seen.s) > LOCAL_LIMIT + 0.0005) return `${s}: none of the sixteen agreements gets past 2. Their answers were not fixed before the questions.`;
  if (seen.s_max > LOCAL_LIMIT + 0.0005) return `${s}, which some agreement reaches as well. Other settings would reach ${digits(seen.s_max, 3)} with this pair.`;
  if (seen.concurrence > 0.0005) return `${s}. The pair is still entangled, yet no settings get it past ${digits(seen.s_max, 3)}: not every entangled pair passes 2.`;
  return `${s}. No settings get this pair past ${digits(seen.s_max, 3)}.`;
}

// S on its whole range: the band that agreements fill, the sixteen of them at its ends, and this setting.
function makeScale() {
  return picture("S beside all agreements", 104, [(width, { s, s_max }) => {
    const [left, right, y, half] = [24, width - 24, 50, 31];
    const x = (value) => left + ((value + 3) / 6) * (right - left);
    const column = (at) => Array.from({ length: 8 }, (_, i) =>
      svg("circle", { cx: x(at), cy: y - 28 + 8 * i, r: 3.2, class: "qnl-dot" }));
    const mark = (at, text) => [
      svg("line", { x1: x(at), x2: x(at), y1: y - 8, y2: y + half + 4, class: "qnl-edge" }),
      svgText(x(at), y + half + 17, text, { "text-anchor": "middle" }),
    ];
    return [
      svg("line", { x1: x(-QUANTUM_LIMIT), x2: x(QUANTUM_LIMIT), y1: y, y2: y, class: "qnl-reach" }),
      svg("rect", { x: x(-2), y: y - half, width: x(2) - x(-2), height: 2 * half, class: "qnl-band" }),
      ...mark(-QUANTUM_LIMIT, "−2.83"), ...mark(QUANTUM_LIMIT, "2.83"), ...mark(-2, "−2"), ...mark(0, "0"), ...mark(2, "2"),
      svgText(x(0), y - half - 6, "S of anything agreed beforehand: eight agreements at −2, eight at 2", { "text-anchor": "middle" }),
      ...column(-2), ...column(2),
      svg("line", { x1: x(s_max), x2: x(s_max), y1: y - 18, y2: y + 18, class: "qnl-line qnl-mean" }),
      svg("path", { d: `M${x(s)} ${y - 12}l9 12l-9 12l-9 -12Z`, class: "qnl-diamond" }),
    ];
  }]);
}

// The sixteen ways to agree: eight with S = 2, eight with S = -2.
function makeAgreements() {
  const rows = (s) => AGREEMENTS.filter((agreement) => agreement.s === s).map(({ answers }) => answers.map((a) => (a > 0 ? "+" : "−")));
  return picture("The sixteen agreements", 172, [(width) => [LOCAL_LIMIT, -LOCAL_LIMIT].flatMap((s, half) => {
    const left = half * (width / 2);
    const place = (i) => left + 14 + i * 20;
    return [
      svgText(left + 44, 13, `S = ${s > 0 ? "2" : "−2"}`, { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
      ...["a₁", "a₂", "b₁", "b₂"].map((name, i) => svgText(place(i), 30, name, { "text-anchor": "middle" })),
      ...rows(s).flatMap((signs, row) => signs.map((sign, i) => svgText(place(i), 48 + row * 16.5, sign, { "text-anchor": "middle" }))),
    ];
  })]);
}

const NUMBERS = [
  ["e_11", "E(a₁, b₁)"],
  ["e_12", "E(a₁, b₂)"],
  ["e_21", "E(a₂, b₁)"],
  ["e_22", "− E(a₂, b₂)"],
  ["s", "S, these settings"],
  ["s_max", "S, best settings"],
  ["aer", "S, on Aer"],
];

function scene(config) {
  const own = { angles: null };
  const dial = makeDial("The four angles", 172);
  const agreements = makeAgreements();
  const scale = makeScale();
  const chart = makeChart(config.chart, 172);
  const outputs = Object.fromEntries(NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("div", { class: "qnl-side qnl-chsh-side" },
      html("figure", {}, dial.node, html("figcaption", {}, "What each may ask")),
      html("figure", {}, agreements.node, html("figcaption", {}, "All they could agree on")),
      html("dl", { class: "qnl-numbers" }, ...NUMBERS.flatMap(([name, label]) =>
        [html("dt", name === "s" ? { class: "qnl-apart" } : {}, label), (outputs[name].classList.toggle("qnl-apart", name === "s"), outputs[name])]))),
    scale.node, chart.node, legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    const [up, right] = p.plane === "zx" ? ["Z", "X"] : ["X", "Y"];
    const angles = [["a₁", p.alice_1_deg, "message"], ["a₂", p.alice_2_deg, "message"], ["b₁", p.bob_1_deg, "bob"], ["b₂", p.bob_2_deg, "bob"]];
    dial.draw(`Alice asks at ${shown(p.alice_1_deg)}° or ${shown(p.alice_2_deg)}°, Bob at ${shown(p.bob_1_deg)}° or ${shown(p.bob_2_deg)}°, from ${up} toward ${right}.`,
      { up, right, arrows: angles.map(([name, degrees, kind]) => ({ name, degrees, kind })) });
    agreements.draw("Four answers fixed beforehand, each plus or minus: eight choices give S = 2, eight give S = −2.", null);
    scale.draw(`S = ${digits(seen.s, 3)}; agreements stay between −2 and 2, pairs between −2.83 and 2.83; this pair's best settings reach ${digits(seen.s_max, 3)}.`,
      { s: seen.s, s_max: seen.s_max });
    for (const name of ["e_11", "e_12", "e_21", "s", "s_max"]) say(outputs[name], digits(seen[name]));
    say(outputs.e_22, digits(-seen.e_22));
    const here = stale ? undefined : points.items.find((point) => point.x === p.pair_fidelity);
    say(outputs.aer, here ? withError(here, 2) : config.live ? "running …" : "not in this page");

    const lines = { here: [], best: [] };
    const [low, high] = [p.noise === "white" ? config.chart.x_range[0] : 0.5, config.chart.x_range[1]];
    for (let i = 0; i <= SAMPLES; i++) {
      const at = { ...p, pair_fidelity: low + ((high - low) * i) / SAMPLES };
      const pair = chshPair(at);
      lines.here.push([at.pair_fidelity, chshValue(at, pair)]);
      lines.best.push([at.pair_fidelity, bestValue(pair)]);
    }
    chart.draw(`S against the fidelity of the pair: ${digits(seen.s, 3)} at ${shown(p.pair_fidelity)} with these settings, ${digits(seen.s_max, 3)} with the best.`, {
      range: config.chart.x_range,
      lines: [{ kind: "mean", points: lines.best }, { kind: "one", points: lines.here }],
      measured: points.items.map((point) => ({ ...point, stale })),
      here: { x: p.pair_fidelity, y: seen.s },
    });
    legend.draw(["these settings", "best settings, read perfectly", "this pair", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(seen);
  }

  return {
    node,
    draw,
    settle: (given, next, changed, before) => settle(given, next, changed, before, own),
    close: () => [dial, agreements, scale, chart].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
