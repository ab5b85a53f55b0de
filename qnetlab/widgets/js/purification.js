// The purification explorer: can two poor pairs make a good one?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { withError } from "./numbers.js";
import { makeStairs, pairsText } from "./stairs.js";
import { purifiedStairs, rawState, readState, stateFidelity } from "./theory_purification.js";

const CURVE_SAMPLES = 40;
const ROUNDS_SHOWN = 12;
const GOAL = 0.99;
const METHOD_NAMES = { bbpssw: "BBPSSW", dejmps: "DEJMPS", plain: "CNOTs only" };
const digits = (value, count = 4) => value.toFixed(count).replace(/^-(?=0\.0*$)/, ""); // never "-0.00"

function fidelityRead(p, state) {
  const [xx, yy, zz] = readState(p, state);
  return (1 + xx - yy + zz) / 4;
}

function otherMethod(method) {
  return method === "dejmps" ? "bbpssw" : "dejmps";
}

// The first step that reaches a fidelity, counted from 1; 0 if none does.
function reached(stairs, goal) {
  return stairs.findIndex((stair) => stair.fidelity >= goal) + 1;
}

// The numbers of one setting.
function readings(state, p) {
  const stairs = purifiedStairs(p, Math.max(p.rounds, ROUNDS_SHOWN));
  const others = purifiedStairs({ ...p, method: otherMethod(p.method) }, Math.max(p.rounds, ROUNDS_SHOWN));
  const last = stairs[p.rounds - 1];
  const [xx, yy, zz] = readState(p, last.state);
  return {
    xx, yy, zz,
    fidelity: fidelityRead(p, last.state),
    kept: last.fidelity,
    raw: stateFidelity(rawState(p)),
    success: last.success,
    raw_pairs: last.raw_pairs,
    first: stairs[0].fidelity,
    stairs: stairs.map(({ fidelity, raw_pairs }) => [fidelity, raw_pairs]),
    others: others.map(({ fidelity, raw_pairs }) => [fidelity, raw_pairs]),
    goal_rounds: reached(stairs, GOAL),
    goal_pairs: stairs[reached(stairs, GOAL) - 1]?.raw_pairs ?? 0,
  };
}

function sentenceFor(p, seen) {
  const rounds = p.rounds === 1 ? "one round" : `${p.rounds} rounds`;
  const cost = `${pairsText(seen.raw_pairs)} raw pairs for each pair that comes out`;
  if (Math.abs(seen.raw - 0.5) < 5e-4 && Math.abs(seen.kept - 0.5) < 5e-4) return `One half stands still: nothing is entangled, and ${cost} change nothing.`;
  if (seen.kept < seen.raw - 5e-5) {
    if (p.method === "plain") return `Worse: F falls from ${digits(seen.raw, 3)} to ${digits(seen.kept, 3)}. CNOTs see flips only, and carry the signs of the spent pair into the kept one.`;
    if (seen.raw <= 0.5) return `It sinks: below one half every round makes a worse pair, at ${cost}.`;
    return `Worse: F falls from ${digits(seen.raw, 3)} to ${digits(seen.kept, 3)}. Gates and waiting spoil more than the comparison removes.`;
  }
  if (seen.raw > 0.99995) return `A perfect pair stays perfect; ${cost} are spent for nothing.`;
  return `From ${digits(seen.raw, 3)} to ${digits(seen.kept, 3)} in ${rounds}: ${cost}. Nothing is free.`;
}

const PURIFIED_NUMBERS = [
  ["fidelity", "Kept pair, F"],
  ["aer", "On Aer"],
  ["raw", "Raw pair, F"],
  ["success", "Bits agree"],
  ["raw_pairs", "Raw pairs"],
  ["other_fidelity", ""],
  ["other_pairs", "at raw pairs"],
  ["goal", `To ${GOAL}: rounds`],
  ["goal_pairs", "at raw pairs"],
];

function scene(config) {
  const stairs = makeStairs();
  const few = [0.4, 0.6, 0.8, 1].filter((value) => value >= config.chart.x_range[0] && value <= config.chart.x_range[1]);
  const x_ticks = few.length > 2 ? few : undefined; // where there is little room, more would run together
  const charts = { along: makeChart({ ...config.chart, x_ticks }, 176), once: makeChart({ ...config.once_chart, x_ticks }, 176) };
  const outputs = Object.fromEntries(PURIFIED_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const labels = Object.fromEntries(PURIFIED_NUMBERS.map(([name, label]) => [name, html("dt", {}, label)]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const note = html("p", { class: "qnl-note" }, "At each step: raw pairs spent for each that comes out");
  const node = html("div", { class: "qnl-figures qnl-purified" },
    html("div", { class: "qnl-climb" },
      html("div", {}, note, stairs.node),
      html("dl", { class: "qnl-numbers" }, ...PURIFIED_NUMBERS.flatMap(([name]) => [labels[name], outputs[name]]))),
    html("div", { class: "qnl-beside" }, charts.along.node, charts.once.node), legend.node);

  // F of the kept pair over the raw one's; for one kind of noise, as far down as there is such a pair.
  function curve(p, rounds, range) {
    const low = p.noise === "dephasing" ? Math.max(0.5, range[0]) : range[0];
    return Array.from({ length: CURVE_SAMPLES + 1 }, (_, i) => {
      const pair_fidelity = low + ((range[1] - low) * i) / CURVE_SAMPLES;
      const setting = { ...p, pair_fidelity };
      return [pair_fidelity, fidelityRead(setting, purifiedStairs(setting, rounds).at(-1).state)];
    });
  }

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    const other = METHOD_NAMES[otherMethod(p.method)];
    stairs.draw(`${METHOD_NAMES[p.method]} from ${digits(seen.raw, 3)} to ${digits(seen.kept, 3)} in ${p.rounds} rounds, ${pairsText(seen.raw_pairs)} raw pairs; ${other} reaches ${digits(seen.others[p.rounds - 1][0], 3)} with ${pairsText(seen.others[p.rounds - 1][1])}.`,
      { raw: seen.raw, here: seen.stairs.slice(0, ROUNDS_SHOWN), other: seen.others.slice(0, ROUNDS_SHOWN), rounds: p.rounds });

    for (const name of ["fidelity", "raw", "success"]) say(outputs[name], digits(seen[name]));
    say(outputs.raw_pairs, seen.raw_pairs < 1e6 ? digits(seen.raw_pairs, seen.raw_pairs < 1000 ? 2 : 0) : pairsText(seen.raw_pairs));
    say(outputs.goal, seen.goal_rounds ? String(seen.goal_rounds) : "not in 12");
    say(outputs.goal_pairs, seen.goal_rounds ? pairsText(seen.goal_pairs) : "–");
    const [otherFidelity, otherPairs] = seen.others[p.rounds - 1];
    say(labels.other_fidelity, `${other}, F`);
    say(outputs.other_fidelity, digits(otherFidelity));
    say(outputs.other_pairs, otherPairs < 1e6 ? digits(otherPairs, otherPairs < 1000 ? 2 : 0) : pairsText(otherPairs));
    const here = stale ? undefined : points.items.find((point) => point.x === p.pair_fidelity);
    const pairs = p.schedule === "pumping" ? p.rounds + 1 : 2 ** p.rounds;
    say(outputs.aer, pairs > config.most_pairs ? "too large" : here ? withError(here, 3) : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.pair_fidelity), high];
    const diagonal = { kind: "mean", points: [[range[0], range[0]], [1, 1]] };
    charts.along.draw(`After all rounds ${digits(seen.fidelity, 3)}, from raw pairs of ${digits(p.pair_fidelity, 2)}.`, {
      range, lines: [diagonal, { kind: "one", points: curve(p, p.rounds, range) }], here: { x: p.pair_fidelity, y: seen.fidelity },
      measured: points.items.map((point) => ({ ...point, stale })),
    });
    charts.once.draw(`After one round ${digits(seen.first, 3)}, from raw pairs of ${digits(p.pair_fidelity, 2)}.`, {
      range, lines: [diagonal, { kind: "one", points: curve(p, 1, range) }],
      here: { x: p.pair_fidelity, y: fidelityRead(p, purifiedStairs(p, 1)[0].state) },
    });
    legend.draw([METHOD_NAMES[p.method], `stairs: ${other}; charts: no gain`, "here", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(p, seen);
  }

  return {
    node,
    draw,
    // There is no dephased pair below one half.
    settle: (given, next) => { if (next.noise === "dephasing" && next.pair_fidelity < 0.5) next.pair_fidelity = 0.5; },
    close: () => [stairs, charts.along, charts.once].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
