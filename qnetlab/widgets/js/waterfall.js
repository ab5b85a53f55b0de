// The key waterfall: from sifted bits to a key.

import { makeChart, makeLegend } from "./chart.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { AUTHENTICATION_BITS, keyBudget } from "./theory_budget.js";

const ROW = 29;
const STEPS = [ // name, what is written, look
  ["sifted", "sifted", "whole"],
  ["tested", "− compared in public", "loss"],
  ["leaked", "− told to correct errors", "loss"],
  ["shortened", "− taken for Eve", "loss"],
  ["key", "= key", "key"],
  ["authenticated", "− spent on authentication", "loss"],
  ["gained", "= gained", "gain"],
];

function inWords(bits) {
  return Math.round(bits).toLocaleString("en-US").replaceAll(",", "\u202f").replace("-", "−");
}

// Each bar begins where the one before it ends; all are shares of the sifted bits.
function makeWaterfall() {
  const name = "From sifted bits to a key";
  const places = (seen) => {
    let end = seen.sifted;
    return STEPS.map(([step, , look]) => {
      if (look === "whole") return [0, end];
      if (look === "key" || look === "gain") return [0, Math.max(seen[step], 0)];
      const from = Math.max(end - seen[step], 0);
      const place = [from, end];
      end = from;
      return place;
    });
  };
  const bars = (width, seen) => {
    const x = (bits) => (bits / seen.sifted) * (width - 2) + 1;
    return places(seen).flatMap(([from, to], i) => {
      const y = i * ROW;
      return [
        svg("line", { x1: 1, x2: width - 1, y1: y + ROW - 1, y2: y + ROW - 1, class: "qnl-grid" }),
        svg("rect", { x: x(from), y: y + 5, width: Math.max(x(to) - x(from), 1), height: ROW - 11, rx: 2, class: `qnl-fall-${STEPS[i][2]}`, "data-step": STEPS[i][0] }),
      ];
    });
  };
  return picture(name, ROW * STEPS.length, [bars]);
}

function fallSentence(seen, { key_bits, qber }) {
  const eve = `Up to ${(100 * seen.worst).toFixed(1)} % of the untested bits may be wrong, and all that is paid for as if Eve had done it.`;
  if (seen.forever === 0) return `No key, however long the session: at ${(100 * qber).toFixed(2)} % correction and Eve take everything.`;
  if (seen.key === 0) return `No key: ${inWords(key_bits)} bits are too few. ${eve} A session without end would keep ${(100 * seen.forever).toFixed(0)} %.`;
  if (seen.gained <= 0) return `${inWords(seen.key)} secret bits, fewer than the ${AUTHENTICATION_BITS} that authentication used up: a session like this makes the two poorer.`;
  return `${(100 * seen.per_bit).toFixed(0)} % of the key bits are secret; a session without end would keep ${(100 * seen.forever).toFixed(0)} %. ${eve}`;
}

function scene(config) {
  const fall = makeWaterfall();
  const chart = makeChart(config.chart, 200);
  const outputs = Object.fromEntries(STEPS.map(([step]) => [step, html("dd", { "data-number": step })]));
  const legend = makeLegend([["line", "one"], ["line", "two"], ["here", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("div", { class: "qnl-fall" },
      html("dl", { class: "qnl-fall-words" }, ...STEPS.flatMap(([step, label]) => [html("dt", {}, label), outputs[step]])),
      fall.node),
    chart.node, legend.node);

  function draw({ parameters: p }) {
    const seen = keyBudget(p);
    for (const [step] of STEPS) say(outputs[step], inWords(seen[step]));
    fall.draw(`Of ${inWords(seen.sifted)} sifted bits ${inWords(seen.tested)} are compared, ${inWords(seen.leaked)} told, ${inWords(seen.shortened)} taken for Eve: ${inWords(seen.key)} are secret.`, seen);
    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.key_bits), Math.max(high, p.key_bits)];
    const lines = [[], []];
    for (let i = 0; i <= 120; i++) {
      const key_bits = range[0] * (range[1] / range[0]) ** (i / 120);
      lines[0].push([key_bits, keyBudget({ ...p, key_bits }).per_bit]);
      lines[1].push([key_bits, seen.forever]);
    }
    chart.draw(`Over sessions of ${inWords(range[0])} to ${inWords(range[1])} key bits. At ${inWords(p.key_bits)} a share of ${seen.per_bit.toFixed(3)} is secret; without end it would be ${seen.forever.toFixed(3)}.`, {
      range, here: { x: p.key_bits, y: seen.per_bit },
      lines: [{ kind: "two", points: lines[1] }, { kind: "one", points: lines[0] }],
    });
    legend.draw(["secret share of the key bits", "without end", "this session"]);
    return fallSentence(seen, p);
  }

  return { node, draw, close: () => [fall, chart].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
