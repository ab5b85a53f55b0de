// The Bell explorer: what changes at Bob's when Alice turns her angle?

import { makeBars } from "./bars.js";
import { makeChart, makeLegend } from "./chart.js";
import { dialAt } from "./dials.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { shown, withError } from "./numbers.js";
import { STAGE_MIDDLE, wave } from "./stage.js";
import { carriedPair, jointTable, noisySource, seenAt, tiltedPair } from "./theory_angles.js";

const SAMPLES = 90;
const SOURCE_NAMES = { bell_pair: "Bell pair", matched_coins: "matched coins", partly_entangled: "partly entangled" };
const digits = (value, count = 4) => value.toFixed(count).replace(/^-(?=0\.0*$)/, ""); // never "-0.00"
const percent = (value) => `${(100 * value).toFixed(1)} %`;

function sharedPair(p) {
  const made = tiltedPair(p.source === "partly_entangled" ? p.tilt_deg : 45);
  return carriedPair(p, p.source === "matched_coins" ? noisySource(made, 0.5, "dephasing") : made);
}

// The numbers of one setting.
function readings(state, p) {
  const seen = seenAt(p, sharedPair(p), p.alice_deg, p.bob_deg);
  const joint = jointTable(seen);
  return { alice_0: (1 + seen.alice) / 2, bob_0: (1 + seen.bob) / 2, equal: (1 + seen.together) / 2, joint };
}

// In which named direction an angle points, if in any.
function direction(degrees) {
  const near = { 0: "Z", 90: "X", "-90": "−X", 180: "−Z", "-180": "−Z" }[degrees];
  return near ? `${near} (${degrees}°)` : `${shown(degrees)}°`;
}

function sentenceFor(p, seen) {
  const bob = `Bob reads 0 in ${percent(seen.bob_0)} of all rounds, whatever Alice does.`;
  const inX = Math.abs(p.alice_deg) === 90 && p.alice_deg === p.bob_deg;
  if (p.source === "matched_coins" && inX && seen.equal < 0.55) {
    return `${bob} In X the coins agree in ${percent(seen.equal)}: a Bell pair would always agree.`;
  }
  return `${bob} Only the list that the two compare later changes: equal in ${percent(seen.equal)}.`;
}

// Alice's dial, the source, and Bob's dial. A wave joins what is entangled, a dashed line what only fell alike.
function makeParties() {
  return picture("Who measures along which angle", 84, [(width, { source, alice_deg, bob_deg }) => {
    const [left, right, r] = [66, width - 66, 30];
    const one = (x, degrees, kind) => dialAt(x, STAGE_MIDDLE, r, { up: "Z", right: "X", arrows: [{ name: "", degrees, kind }] });
    const middle = width / 2;
    const flight = (from, to) => source === "matched_coins"
      ? svg("line", { x1: from, x2: to, y1: STAGE_MIDDLE, y2: STAGE_MIDDLE, class: "qnl-fiber qnl-held" })
      : wave(from, to);
    return [
      flight(left + r + 16, middle - 80), flight(middle + 80, right - r - 16),
      svg("rect", { x: middle - 74, y: STAGE_MIDDLE - 18, width: 148, height: 36, rx: 8, class: "qnl-station" }),
      svgText(middle, STAGE_MIDDLE + 4, SOURCE_NAMES[source], { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
      ...one(left, alice_deg, "message"), ...one(right, bob_deg, "bob"),
      svgText(left - r - 2, 14, "Alice", { "text-anchor": "end", class: "qnl-text qnl-strong" }),
      svgText(right + r + 4, 14, "Bob", { class: "qnl-text qnl-strong" }),
    ];
  }]);
}

// A small table: how often each pair of results comes. The darker a cell, the more often.
function makeTable() {
  const size = 46;
  return picture("What both see together", 130, [(width, joint) => {
    const left = (width - 2 * size) / 2 + 16;
    const top = 34;
    const cells = joint.flatMap((share, i) => {
      const [x, y] = [left + (i >> 1) * size, top + (i & 1) * size];
      return [
        svg("rect", { x, y, width: size - 2, height: size - 2, rx: 3, class: "qnl-cell" }),
        svg("rect", { x, y, width: size - 2, height: size - 2, rx: 3, class: i === 0 || i === 3 ? "qnl-filling qnl-alike" : "qnl-filling qnl-unlike", "fill-opacity": 0.85 * Math.min(1, 2 * share) }),
        svg("rect", { x: x + 5, y: y + 13, width: size - 12, height: 18, rx: 3, class: "qnl-under" }),
        svgText(x + size / 2 - 1, y + 27, digits(share, 2), { "text-anchor": "middle" }),
      ];
    });
    const middle = left + size - 1;
    return [
      ...cells,
      svgText(middle, 12, "Alice reads", { "text-anchor": "middle" }),
      svgText(left + size / 2, 29, "0", { "text-anchor": "middle" }), svgText(left + 1.5 * size, 29, "1", { "text-anchor": "middle" }),
      svgText(left - 8, top + size / 2 + 4, "0", { "text-anchor": "end" }), svgText(left - 8, top + 1.5 * size + 4, "1", { "text-anchor": "end" }),
      svg("text", { class: "qnl-text", transform: `translate(${left - 26} ${top + size}) rotate(-90)`, "text-anchor": "middle" }, "Bob reads"),
    ];
  }]);
}

// Two lines over all of Alice's angles.
function curves(p, range) {
  const lines = { equal: [], bob: [] };
  for (let i = 0; i <= SAMPLES; i++) {
    const alice_deg = range[0] + ((range[1] - range[0]) * i) / SAMPLES;
    const seen = readings(null, { ...p, alice_deg });
    lines.equal.push([alice_deg, seen.equal]);
    lines.bob.push([alice_deg, seen.bob_0]);
  }
  return lines;
}

const NUMBERS = [
  ["bob_0", "Bob reads 0"],
  ["alice_0", "Alice reads 0"],
  ["equal", "Both equal"],
  ["aer", "Equal, on Aer"],
];

function scene(config) {
  const parties = makeParties();
  const bob = makeBars("What Bob sees alone", 200);
  const table = makeTable();
  const chart = makeChart(config.chart, 176);
  const outputs = Object.fromEntries(NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "two"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    parties.node,
    html("div", { class: "qnl-side qnl-large-left" },
      html("figure", { class: "qnl-bobs" }, html("figcaption", {}, html("b", {}, "What Bob sees")), bob.node),
      html("div", {},
        html("figure", { class: "qnl-small" }, html("figcaption", {}, "Both together, once they compare"), table.node),
        html("dl", { class: "qnl-numbers" }, ...NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])))),
    chart.node, legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    parties.draw(`Alice measures along ${direction(p.alice_deg)}, Bob along ${direction(p.bob_deg)}, on ${SOURCE_NAMES[p.source]}.`,
      { source: p.source, alice_deg: p.alice_deg, bob_deg: p.bob_deg });
    bob.draw(`Bob reads 0 in ${percent(seen.bob_0)} and 1 in ${percent(1 - seen.bob_0)} of all rounds.`,
      [{ name: "0", share: seen.bob_0, wanted: false }, { name: "1", share: 1 - seen.bob_0, wanted: false }]);
    table.draw(`Alice and Bob: 00 ${digits(seen.joint[0], 2)}, 01 ${digits(seen.joint[1], 2)}, 10 ${digits(seen.joint[2], 2)}, 11 ${digits(seen.joint[3], 2)}.`, seen.joint);
    for (const name of ["bob_0", "alice_0", "equal"]) say(outputs[name], digits(seen[name]));
    const here = stale ? undefined : points.items.find((point) => point.x === p.alice_deg);
    say(outputs.aer, here ? withError(here, 3) : config.live ? "running …" : "not in this page");
    const lines = curves(p, config.chart.x_range);
    chart.draw(`Over all of Alice's angles Bob reads 0 equally often; both are equal in ${percent(seen.equal)} at ${shown(p.alice_deg)}°.`, {
      range: config.chart.x_range,
      lines: [{ kind: "two", points: lines.bob }, { kind: "one", points: lines.equal }],
      measured: points.items.map((point) => ({ ...point, stale })),
      here: { x: p.alice_deg, y: seen.equal },
    });
    legend.draw(["both equal", "Bob reads 0", "this angle", stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(p, seen);
  }

  return {
    node,
    draw,
    enabled: (state, name) => name !== "tilt_deg" || state.source === "partly_entangled",
    close: () => [parties, bob, table, chart].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
