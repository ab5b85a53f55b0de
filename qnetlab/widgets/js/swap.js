// The swapping explorer: how do two who never met share a pair?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, withError } from "./numbers.js";
import { makeSpaceTime } from "./space_time.js";
import { delaySeconds } from "./theory_pairs.js";
import { bitsSeconds, chainLinks, chainPairs, pairFidelityOf, quietPair, swapCorrelators } from "./theory_swapping.js";

const CHAIN_SAMPLES = 40;
const LONGEST = 16; // links on the second chart
const digits = (value, count = 4) => value.toFixed(count).replace(/^-(?=0\.0*$)/, ""); // never "-0.00"

// The numbers of one setting.
function readings(state, p) {
  const pairs = chainPairs(p, state.links);
  const [xx, yy, zz] = swapCorrelators(p, state.links);
  return {
    xx, yy, zz,
    fidelity: pairFidelityOf([xx, yy, zz]),
    first: pairFidelityOf(pairs[0].correlators),
    others: pairFidelityOf(pairs.at(-1).correlators),
    quiet: pairFidelityOf(quietPair(pairs).correlators),
    bits_s: bitsSeconds(p, state.links),
  };
}

function middleOf(links) {
  return links === 2 ? "Charlie" : "the stations";
}

const HOW = {
  feed_forward: "Bob turns his qubit as the bits say",
  pauli_frame: "Nobody turns a qubit: the bits turn signs in the records",
  at_once: "Both measured without waiting: the bits turn signs in the records when they come",
};

const upper = (text) => text[0].toUpperCase() + text.slice(1);

function sentenceFor(state, p, seen) {
  const middle = middleOf(state.links);
  if (state.step === 1) return `${upper(middle)} will hold half of every pair. Alice and Bob share nothing yet, and no photon ever goes from one to the other.`;
  if (state.step === 2) return "Each half waits in a memory until the other side has said that its photon is there, too.";
  if (state.step === 3) return `${upper(middle)} measured. Alice and Bob now hold one of four Bell states, and do not know which: for them F = ${digits(seen.quiet, 3)}.`;
  if (p.corrections === "none") return `The bits are lost: F = ${digits(seen.fidelity, 3)}. Nothing that Alice and Bob can measure tells this from two coins that have nothing to do with each other.`;
  const how = HOW[p.corrections];
  const worth = seen.fidelity > 0.5005 ? "The pair is entangled." : "No entanglement is left.";
  return `${how}: F = ${digits(seen.fidelity, 3)}. Every link adds its noise, the good ones, too. ${worth}`;
}

const SWAP_NUMBERS = [
  ["fidelity", "Alice and Bob, F"],
  ["aer", "Shot on Aer"],
  ["quiet", "Without the bits"],
  ["first", "First link"],
  ["others", "Last link"],
  ["xx", "XX"], ["yy", "YY"], ["zz", "ZZ"],
  ["bits", "Bits travel"],
];

function scene(config) {
  const run = makeSpaceTime();
  const charts = { along: makeChart(config.chart, 172), chain: makeChart(config.chain_chart, 172) };
  const outputs = Object.fromEntries(SWAP_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures qnl-swapped" },
    html("div", { class: "qnl-run" },
      run.node,
      html("dl", { class: "qnl-numbers" }, ...SWAP_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]))),
    html("div", { class: "qnl-beside" }, charts.along.node, charts.chain.node), legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    const links = chainLinks(p, state.links);
    const lost = p.corrections === "none";
    run.draw(
      `${state.links} links. ${["Photons leave.", "Heralds cross.", "The stations measure.", lost ? "The bits are lost." : "The bits travel to Bob."][state.step - 1]}`,
      { step: state.step, delays: links.map(delaySeconds), herald: links[0].herald === "midpoint", lost, waits: p.corrections !== "at_once" });
    for (const name of ["fidelity", "quiet", "first", "others", "xx", "yy", "zz"]) say(outputs[name], digits(seen[name]));
    say(outputs.bits, lost ? "lost" : duration(links.slice(1).reduce((sum, link) => sum + delaySeconds(link), 0)));
    const here = stale ? undefined : points.items.find((point) => point.x === p.first_pair_fidelity);
    say(outputs.aer, here ? withError(here, 3) : state.links > config.most_links ? "too many links" : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const line = Array.from({ length: CHAIN_SAMPLES + 1 }, (_, i) => {
      const first_pair_fidelity = low + ((high - low) * i) / CHAIN_SAMPLES;
      return [first_pair_fidelity, pairFidelityOf(swapCorrelators({ ...p, first_pair_fidelity }, state.links))];
    });
    charts.along.draw(`End to end ${digits(seen.fidelity, 3)}, with ${digits(p.first_pair_fidelity, 2)} on the first link.`, {
      range: config.chart.x_range, here: { x: p.first_pair_fidelity, y: seen.fidelity },
      lines: [{ kind: "mean", points: [[low, low], [high, high]] }, { kind: "one", points: line }],
      measured: points.items.map((point) => ({ ...point, stale })),
    });
    const counts = Array.from({ length: LONGEST - 1 }, (_, i) => i + 2);
    charts.chain.draw(`Against the number of links, ${digits(seen.fidelity, 3)} for ${state.links} and ${digits(pairFidelityOf(swapCorrelators(p, LONGEST)), 3)} for ${LONGEST}.`, {
      range: [1, LONGEST], here: { x: state.links, y: seen.fidelity },
      lines: [{ kind: "one", points: counts.map((count) => [count, pairFidelityOf(swapCorrelators(p, count))]) }],
    });
    legend.draw(["end to end", "if swapping cost nothing", "this chain, after step 4", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(state, p, seen);
  }

  return {
    node,
    draw,
    wording: (state, name) => (name === "step" && state.step === 4 && state.corrections === "none" ? "the bits are lost" : null),
    close: () => [run, charts.along, charts.chain].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
