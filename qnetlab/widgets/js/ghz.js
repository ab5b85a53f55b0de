// The GHZ explorer: what can three share that two cannot?

import { makeChart, makeLegend } from "./chart.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { withError } from "./numbers.js";
import { sharedGhz } from "./theory_ghz.js";

const STAR_HEIGHT = 216;
const FIDELITY_SAMPLES = 40;
const AROUND = ["Alice", "Charlie", "Dave", "Fay", "Grace"];
const ENTANGLING = ["kept", "measured_x"];
const plainDigits = (value, count = 4) => value.toFixed(count).replace(/^-(?=0\.0*$)/, ""); // never "-0.00"

function readings(state, p) {
  return sharedGhz(p, state.links);
}

const listed = (names) => `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;

export function ghzSentence(state, seen) {
  const others = listed(AROUND.slice(0, state.links));
  const fidelity = seen.fidelity.toFixed(3);
  if (state.center === "lost") return `Bob's qubit is gone. ${others} read the same in Z as often as before, and in X they are coins to each other: nothing is left of the entanglement.`;
  if (state.center === "measured_z") return `Bob knows whether all read 0 or 1, and so the others hold just that: equal coins, whether he tells or not.`;
  if (state.center === "measured_x_quiet") return `Bob's result decides between a plus and a minus sign, and nobody else knows it: mixed, the two are equal coins. F = ${fidelity}.`;
  const what = state.links === 2 && state.center === "measured_x" ? "a Bell pair" : "a GHZ state";
  const worth = seen.fidelity > 0.5005 ? "More than one half: no state in which one of them stands apart does that." : "Not more than one half: this may be no genuine entanglement of all of them.";
  if (state.center === "measured_x") return `Bob leaves, and tells Alice his bit: ${others} share ${what}, F = ${fidelity}. ${worth}`;
  return `Bob, ${others} share ${what}, F = ${fidelity}. ${worth}`;
}

// Bob in the middle, his neighbors around him; what they share in the end is drawn as lines between them.
function star(width, { links, center }) {
  const [x, y] = [width / 2, STAR_HEIGHT / 2 + 4];
  const [far, high] = [Math.min(width / 2 - 34, 170), 78];
  const turn = links === 2 ? [Math.PI, 0] : AROUND.slice(0, links).map((_, i) => -Math.PI / 2 + (2 * Math.PI * i) / links);
  const at = turn.map((angle) => [x + far * Math.cos(angle), y + high * Math.sin(angle)]);
  const line = ([x1, y1], [x2, y2], kind) => svg("line", { x1, y1, x2, y2, class: kind });
  const shares = ENTANGLING.includes(center);
  const kind = shares ? "qnl-shared" : "qnl-coins";
  const fibers = at.map((end) => line([x, y], end, "qnl-fiber"));
  const ring = center === "kept" ? at.map((end) => line([x, y], end, kind))
    : at.slice(links === 2 ? 1 : 0).map((end, i) => {
      const before = links === 2 ? at[0] : at[(i + links - 1) % links];
      const lift = links === 2 ? 44 : 0; // around Bob, who is no part of it
      return svg("path", { d: `M${before[0]} ${before[1]}Q${(before[0] + end[0]) / 2} ${(before[1] + end[1]) / 2 - 2 * lift} ${end[0]} ${end[1]}`, class: kind });
    });
  const told = center === "measured_x" ? [line([x, y], at[0], "qnl-told qnl-bits")] : [];
  const dot = ([cx, cy], name, holds, below) => [
    svg("circle", { cx, cy, r: 11, class: `qnl-qubit ${holds ? "qnl-bob" : "qnl-spent"}` }),
    svgText(cx, cy + (below ? 28 : -18), name, { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
  ];
  const own = { kept: "keeps his", measured_x: "reads X, tells", measured_x_quiet: "reads X", measured_z: "reads Z", lost: "has lost his" }[center];
  return [...fibers, ...ring, ...told, ...at.flatMap((place, i) => dot(place, AROUND[i], true, place[1] > y + 4)),
    ...dot([x, y], "", center === "kept", true), svgText(x, y + 28, `Bob ${own}`, { "text-anchor": "middle", class: "qnl-text qnl-strong qnl-onpaper" })];
}

const GHZ_NUMBERS = [["fidelity", "Shared, F"], ["aer", "Shot on Aer"], ["populations", "All equal in Z"], ["coherence", "Coherence"], ["parity", "X, product"]];

function scene(config) {
  const shape = picture("Who shares what", STAR_HEIGHT, [star]);
  const chart = makeChart(config.chart, 190);
  const outputs = Object.fromEntries(GHZ_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("div", { class: "qnl-starred" }, shape.node,
      html("dl", { class: "qnl-numbers" }, ...GHZ_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]))),
    chart.node, legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = sharedGhz(p, state.links);
    for (const name of ["fidelity", "populations", "coherence", "parity"]) say(outputs[name], plainDigits(seen[name]));
    const here = stale ? undefined : points.items.find((point) => point.x === p.first_pair_fidelity);
    say(outputs.aer, here ? withError(here, 3) : state.links > config.most_shot ? "too many links" : config.live ? "running …" : "not in this page");
    shape.draw(`${state.links + 1} parties around Bob in the middle. ${ghzSentence(state, seen)}`, { links: state.links, center: state.center });
    const [low, high] = config.chart.x_range;
    const line = (center) => Array.from({ length: FIDELITY_SAMPLES + 1 }, (_, i) => {
      const first_pair_fidelity = low + ((high - low) * i) / FIDELITY_SAMPLES;
      return [first_pair_fidelity, sharedGhz({ ...p, first_pair_fidelity, center }, state.links).fidelity];
    });
    chart.draw(`F = ${plainDigits(seen.fidelity, 3)}, with ${plainDigits(p.first_pair_fidelity, 2)} on Alice's link.`, {
      range: config.chart.x_range, here: { x: p.first_pair_fidelity, y: seen.fidelity },
      lines: [{ kind: "mean", points: line("lost") }, { kind: "one", points: line(p.center) }],
      measured: points.items.map((point) => ({ ...point, stale })),
    });
    legend.draw(["as chosen", "if Bob's qubit is lost", "now", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return ghzSentence(state, seen);
  }

  return { node, draw, close: () => [shape, chart].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
