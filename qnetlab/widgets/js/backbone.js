// The backbone explorer: who knows the key?

import { makeChart, makeLegend } from "./chart.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { fiberBound, hopRate, hopsOf, leakOf, relayLine } from "./theory_backbone.js";

const ROW = 74; // height of one path
const SWING = 15; // relays stand above and below the line in turn, so that each is easily hit
const SIDE = 52; // room for alice and bob
const RATE_SAMPLES = 160;
const MOST_RELAYS = 40; // on the second chart

const TRUST_NUMBERS = [ // two columns: what it gives, and what it takes
  ["rate_bps", "Key, bit/s", 0],
  ["spent", "Key spent per bit", 0],
  ["direct_bps", "One fiber, bit/s", 0],
  ["relays", "Relays to trust", 0],
  ["hops", "Hops", 0],
  ["leak", "P(Eve has it)", 4],
];

const LINES = ["corrupt_first", "corrupt_second"];

function trustedSentence(state, seen) {
  const km = Number(seen.longest_km.toPrecision(4));
  if (seen.relays === 0) return "Alice and Bob are neighbors: one fiber, nobody in between, and no key beyond its reach.";
  if (seen.rate_bps === 0) return `The longest hop, ${km} km, makes no key, so the whole line makes none, however good the others are.`;
  const bad = LINES.slice(0, state.paths).map((name) => state[name]);
  if (seen.eve) return `${state.paths === 1 ? `Relay ${bad[0]} is` : `Relay ${bad[0]} of one path and relay ${bad[1]} of the other are`} corrupt: Eve has every bit of the key. The quantum links worked perfectly, and no error rate shows it.`;
  if (bad.some((relay) => relay > 0)) return `Relay ${bad.find((relay) => relay > 0)} reads its path, and what it reads are coins: the key is the XOR of both paths. Eve needs a relay on each.`;
  if (state.paths === 2) return "The key is the XOR of one key per path: no single relay knows it, any two on different paths do. It costs twice the key.";
  return `All ${seen.relays} relays know the key. The rate is that of the longest hop, ${km} km, however many follow: the opposite of a repeater, which needs no trust.`;
}

// Where relay `i` of `relays` stands on its line.
function placeOf(i, relays, width, middle) {
  const x = SIDE + ((width - 2 * SIDE) * i) / (relays + 1);
  return [x, i === 0 || i > relays ? middle : middle + (i % 2 ? -SWING : SWING)];
}

function relayMark(line, i, [x, y], bad, whole) {
  const shape = bad
    ? svg("rect", { x: x - 9, y: y - 9, width: 18, height: 18, rx: 2, class: "qnl-corrupt" })
    : svg("circle", { cx: x, cy: y, r: 7, class: "qnl-relay" });
  const inside = bad
    ? svgText(x, y + 4, "E", { "text-anchor": "middle", class: "qnl-text qnl-strong qnl-on-corrupt" })
    : whole ? svg("circle", { cx: x, cy: y, r: 3, class: "qnl-knows" })
      : svg("path", { d: `M${x} ${y - 3.5}a3.5 3.5 0 0 1 0 7z`, class: "qnl-knows" });
  return svg("g", { "data-line": line, "data-relay": i, "data-corrupt": bad ? "yes" : "no", class: "qnl-node" },
    svg("rect", { x: x - 13, y: y - 13, width: 26, height: 26, class: "qnl-target" }), shape, inside);
}

function backboneLayer(width, { relays, paths, bad, eve }) {
  const height = 2 * ROW;
  const ends = [SIDE, width - SIDE].map((x, i) => [
    svg("circle", { cx: x, cy: height / 2, r: 10, class: "qnl-end" }),
    svgText(i ? x + 15 : x - 15, height / 2 + 4, i ? "Bob" : "Alice", { "text-anchor": i ? "start" : "end", class: "qnl-text qnl-strong" }),
  ]);
  const lines = bad.slice(0, paths).flatMap((corrupt, line) => {
    const middle = paths === 1 ? height / 2 : ROW / 2 + line * ROW;
    const places = Array.from({ length: relays + 2 }, (_, i) => (
      i === 0 ? [SIDE, height / 2] : i > relays ? [width - SIDE, height / 2] : placeOf(i, relays, width, middle)));
    return [
      svg("polyline", { points: places.map(([x, y]) => `${x.toFixed(1)},${y}`).join(" "), class: "qnl-hops" }),
      ...places.slice(1, -1).map((place, i) => relayMark(line, i + 1, place, corrupt === i + 1, paths === 1)),
    ];
  });
  return [...lines, ...ends.flat(), eve ? svgText(width / 2, paths === 1 ? height - 16 : height / 2 + 4, "Eve has the key", { "text-anchor": "middle", class: "qnl-text qnl-strong qnl-alarm" }) : null];
}

function scene(config, change) {
  const map = picture("Who knows the key", 2 * ROW, [backboneLayer]);
  let shownState = {};
  map.node.addEventListener("click", (event) => {
    const hit = event.target.closest("[data-relay]");
    if (!hit) return;
    const name = LINES[Number(hit.dataset.line)];
    const relay = Number(hit.dataset.relay);
    change(name, shownState[name] === relay ? 0 : relay);
  });
  const charts = { rate: makeChart(config.chart, 190), leak: makeChart(config.leak_chart, 190) };
  const outputs = Object.fromEntries(TRUST_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "two"], ["line", "bound"], ["line", "three"], ["here", ""]]);
  const key = html("p", { class: "qnl-note" }, "● holds the whole key · ◗ holds a share · E tells Eve · click a relay to corrupt it");
  const node = html("div", { class: "qnl-figures" },
    html("dl", { class: "qnl-numbers qnl-backbone" }, ...TRUST_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])),
    map.node, key, html("div", { class: "qnl-beside" }, charts.rate.node, charts.leak.node), legend.node);

  function draw({ state, parameters: p }) {
    shownState = state;
    const seen = relayLine(p);
    for (const [name, , digits] of TRUST_NUMBERS) say(outputs[name], seen[name].toFixed(digits));
    const said = trustedSentence(state, seen);
    const relays = seen.hops - 1;
    map.draw(said, { relays, paths: p.paths, bad: LINES.map((name) => state[name]), eve: seen.eve });

    const [low, high] = config.chart.x_range;
    const over = (curve) => Array.from({ length: RATE_SAMPLES + 1 }, (_, i) => {
      const km = low + ((high - low) * i) / RATE_SAMPLES;
      return [km, curve(km)];
    });
    charts.rate.draw(`${seen.rate_bps.toFixed(0)} bits per second over ${p.length_km} km with relays, ${seen.direct_bps.toFixed(0)} over one fiber.`, {
      range: config.chart.x_range, here: { x: p.length_km, y: seen.rate_bps },
      lines: [{ kind: "bound", points: over(fiberBound) }, { kind: "two", points: over(hopRate) },
        { kind: "one", points: over((length_km) => relayLine({ ...p, length_km }).rate_bps) }],
    });
    const chances = (paths) => Array.from({ length: MOST_RELAYS }, (_, i) => [i + 1, leakOf(p.corrupt_probability, i + 1, paths)]);
    charts.leak.draw(`Eve has the key with a chance of ${seen.leak.toFixed(4)}.`, {
      range: [0, MOST_RELAYS], here: relays ? { x: relays, y: seen.leak } : null,
      lines: [{ kind: "one", points: chances(1) }, { kind: "three", points: chances(2) }],
    });
    legend.draw(["trusted relays, one path", "one fiber", "no fiber can pass this", "two disjoint paths", "now"]);
    return said;
  }

  return {
    node, draw, close: () => [map, charts.rate, charts.leak].forEach((part) => part.close()),
    enabled: (state, name) => name !== "corrupt_second" || state.paths === 2,
    // A relay that is not there any more cannot be corrupt.
    settle(settings, next) {
      for (const name of LINES) next[name] = Math.min(next[name], hopsOf({ ...settings.given, ...next }) - 1);
    },
  };
}

export default makeExplorer(scene);
