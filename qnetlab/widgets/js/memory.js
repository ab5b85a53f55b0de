// The memory explorer: how long is long enough?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, real, withError } from "./numbers.js";
import { leftCoherence, returnedShare, storedFidelity } from "./theory_memories.js";

const WAIT_SAMPLES = 160;
const NOTHING_LOST = 5e-4;
const threeDigits = (value) => value.toFixed(3);

// Kilometers as people write them: 0.2, 102, 20 400, 4.1 million.
function kilometers(km) {
  if (km >= 1e6) return `${Number((km / 1e6).toPrecision(2))} million`;
  return String(Number(km.toPrecision(3))).replace(/(\d)(\d{3})$/, (text, before, after) => (km >= 9999.5 ? `${before}\u00a0${after}` : text));
}

function readings(config, p) {
  return {
    fidelity: storedFidelity(p),
    coherence: leftCoherence(p),
    returned: returnedShare(p),
    km: p.wait_s / config.seconds_per_km,
  };
}

// What a cited memory would do in this wait; null where nobody cited what it takes.
function platformRow(platform, p) {
  const cited = Object.fromEntries(Object.entries(platform).map(([name, value]) => [name, real(value)]));
  const own = { ...p, ...cited, state: "+", memory_error_0: 0, memory_error_1: 0 };
  return {
    fidelity: platform.keeps ? storedFidelity(own) : null,
    returned: platform.gives ? returnedShare(own) : null,
  };
}

function sentenceFor(config, state, p, seen) {
  const far = p.wait_s > config.around_s
    ? "longer than a herald around the Earth" : `a herald over ${kilometers(seen.km)} km`;
  const loss = 1 - seen.returned;
  const back = loss < NOTHING_LOST ? "" : ` Only ${threeDigits(seen.returned)} of the photons come back: that makes pairs rarer, not worse.`;
  const kind = config.platforms.find(({ name }) => name === state.memory);
  const open = kind && !kind.keeps && p.memory_t2_s === Infinity ? " How long its phase lasts is not cited here: ∞ is ideal, not measured." : "";
  const pairs = kind && kind.pairs === "–" ? " How many pairs a second it makes is not cited here." : "";
  const cost = 1 - seen.fidelity;
  const keeps = cost < NOTHING_LOST ? "next to nothing is wrong" : `F = ${threeDigits(seen.fidelity)}, with coherence ${threeDigits(seen.coherence)}`;
  return `After ${duration(p.wait_s)}, ${far}, ${keeps}.${back}${open || pairs}`;
}

const KEPT_NUMBERS = [
  ["fidelity", "Fidelity"],
  ["aer", "On Aer"],
  ["coherence", "Coherence"],
  ["returned", "Comes back"],
  ["km", "Herald, km"],
];
const TABLE_HEADS = ["memory", "F then", "back", "modes", "pairs/s", "K"];

function scene(config) {
  const chart = makeChart({ ...config.chart, twin: config.twin }, 236);
  const outputs = Object.fromEntries(KEPT_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["line", "two"], ["here", ""], ["dot", ""]]);
  const rows = config.platforms.map((platform) => {
    const cells = { fidelity: html("td"), returned: html("td") };
    const row = html("tr", { "data-platform": platform.name }, html("th", { scope: "row" }, platform.name),
      cells.fidelity, cells.returned, html("td", {}, platform.modes), html("td", {}, platform.pairs), html("td", {}, platform.kelvin));
    return { platform, cells, row };
  });
  const table = html("table", { class: "qnl-platforms" },
    html("caption", {}, "Published memories after this wait. – not cited here; ? not seen in print"),
    html("thead", {}, html("tr", {}, ...TABLE_HEADS.map((head) => html("th", { scope: "col" }, head)))),
    html("tbody", {}, ...rows.map(({ row }) => row)));
  const node = html("div", { class: "qnl-figures qnl-kept" },
    html("div", { class: "qnl-kept-row" }, chart.node,
      html("dl", { class: "qnl-numbers" }, ...KEPT_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]))),
    legend.node, table);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(config, p);
    for (const name of ["fidelity", "coherence", "returned"]) say(outputs[name], seen[name].toFixed(4));
    say(outputs.km, kilometers(seen.km));
    const here = stale ? undefined : points.items.find((point) => point.x === p.wait_s);
    say(outputs.aer, here ? withError(here, 3) : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.wait_s || low), Math.max(high, p.wait_s)];
    const waits = Array.from({ length: WAIT_SAMPLES + 1 }, (_, i) => range[0] * (range[1] / range[0]) ** (i / WAIT_SAMPLES));
    const other = { ...p, memory_dephasing: p.memory_dephasing === "gaussian" ? "exponential" : "gaussian" };
    const lines = [
      { kind: "two", points: waits.map((wait_s) => [wait_s, returnedShare(p, wait_s)]) },
      { kind: "mean", points: waits.map((wait_s) => [wait_s, storedFidelity(other, wait_s)]) },
      { kind: "one", points: waits.map((wait_s) => [wait_s, storedFidelity(p, wait_s)]) },
    ];
    chart.draw(`After ${duration(p.wait_s)} the fidelity is ${threeDigits(seen.fidelity)}, and ${threeDigits(seen.returned)} of the photons come back.`, {
      range, lines, here: { x: p.wait_s, y: seen.fidelity }, measured: points.items.map((point) => ({ ...point, stale })),
    });
    legend.draw([
      "fidelity", p.memory_dephasing === "gaussian" ? "if it fell at once" : "if it fell slowly at first", "comes back", "now",
      stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved",
    ], stale);
    for (const { platform, cells, row } of rows) {
      const found = platformRow(platform, p);
      say(cells.fidelity, found.fidelity === null ? "–" : threeDigits(found.fidelity) + (platform.unsure ? " ?" : ""));
      say(cells.returned, found.returned === null ? "–" : (platform.from ? "" : "≤ ") + threeDigits(found.returned));
      row.toggleAttribute("data-chosen", platform.name === state.memory);
    }
    return sentenceFor(config, state, p, seen);
  }

  return { node, draw, close: () => chart.close() };
}

export default makeExplorer(scene);
