// The Cascade explorer: watch a wrong bit being found.

import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { LESSON_BITS, cascadeRun } from "./theory_cascade.js";

const LINE = 78; // height of one pass
const GAP = 5; // between blocks
const CELL = 22; // height of a bit

const NUMBERS_TOLD = [
  ["disclosed", "Parities told"],
  ["least", "Least possible"],
  ["found", "Bits flipped"],
  ["left", "Still wrong"],
];

function plural(count, what) {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

// What happens in a moment, in words.
function momentSentence(run, at) {
  const moment = run.moments[at];
  const block = (which) => `block ${which.block + 1} of pass ${which.pass + 1}`;
  if (moment.kind === "pass") {
    const row = moment.odd[moment.pass];
    const count = row.reduce((sum, is) => sum + is, 0);
    const intro = moment.pass === 0 ? "Pass 1, in the order of the key" : `Pass ${moment.pass + 1}, shuffled anew, blocks twice as long`;
    return `${intro}: Alice tells the parity of ${plural(row.length, "block")}. ${count ? `${plural(count, "block")} (≠) ${count === 1 ? "differs and holds" : "differ and hold"} an odd number of wrong bits.` : "None differs: Bob sees nothing wrong."}`;
  }
  if (moment.kind === "half") {
    const [half, other] = [moment.middle - moment.begin, moment.stop - moment.begin];
    return `In ${block(moment)} a wrong bit hides among ${other}. Bob asks for the parity of the first ${half}: it ${moment.differs ? "differs, so an error is there" : "is the same, so an error is in the rest"}.`;
  }
  if (moment.kind === "found") {
    const woken = moment.woken.map(block);
    if (!woken.length) return "One bit is left, and it must be wrong: Bob flips it.";
    return `One bit is left: Bob flips it. It stood in ${woken.join(" and in ")}, too. There the parities agreed; now they differ, so another wrong bit is in it. That is the cascade.`;
  }
  const { left, disclosed, least } = run.told;
  const cost = `${disclosed} parities told, at least ${least.toFixed(1)} were needed.`;
  if (left) return `Done, and ${plural(left, "bit")} still wrong: they shared a block in every pass. Only the check of the whole key will tell. ${cost}`;
  return `Done: no block differs, and all bits are right. ${cost} Each is a bit that Eve has heard, too.`;
}

// One pass in one line: its bits in its order, a gap between blocks, and above each block whether the parities differ.
function makeRows(passes) {
  const draw = (width, { moment, orders, edges, referee }) => {
    const blocks = Math.max(...edges.map((edge) => edge.length - 1));
    const cell = (width - GAP * (blocks - 1) - 2) / LESSON_BITS;
    return orders.flatMap((order, pass) => {
      const y = pass * LINE;
      const begun = pass < moment.odd.length;
      const place = (i) => 1 + i * cell + GAP * (edges[pass].findLastIndex((edge) => edge <= i && edge < LESSON_BITS));
      const asked = moment.pass === pass && moment.begin !== undefined ? moment : null;
      const title = svgText(1, y + 12, begun ? `Pass ${pass + 1}` : `Pass ${pass + 1}: not yet`, { class: "qnl-text qnl-strong" });
      if (!begun) return [title];
      const marks = moment.odd[pass].map((is, block) => {
        const [from, to] = [edges[pass][block], edges[pass][block + 1]];
        const middle = (place(from) + place(to - 1) + cell) / 2;
        return svgText(middle, y + 29, is ? "≠" : "=", { "text-anchor": "middle", class: is ? "qnl-text qnl-odd" : "qnl-text" });
      });
      const bits = order.map((bit, i) => {
        const inside = asked && i >= asked.begin && i < asked.stop;
        const half = inside && asked.kind === "half" && (i < asked.middle) === Boolean(asked.differs);
        const kind = moment.bit === bit ? "qnl-flipped" : inside ? (half || asked.kind === "found" ? "qnl-suspect" : "qnl-cleared") : "qnl-idle";
        const wrong = referee && moment.wrong.includes(bit);
        return svg("g", { "data-bit": bit, "data-kind": kind.slice(4), "data-wrong": wrong ? "yes" : null },
          svg("rect", { x: place(i) + 0.5, y: y + 34, width: Math.max(cell - 1, 2), height: CELL, rx: 1.5, class: kind }),
          wrong ? svg("path", { d: `M${place(i) + cell / 2 - 3} ${y + 42}l6 6m0-6l-6 6`, class: "qnl-cross" }) : null);
      });
      const span = asked && asked.kind === "half"
        ? svg("path", { d: `M${place(asked.begin)} ${y + 60}v4H${place(asked.middle - 1) + cell}v-4`, class: "qnl-asked" }) : null;
      return [title, ...marks, ...bits, span];
    });
  };
  return picture("The bits in the order of each pass", LINE * passes, [draw]);
}

function scene() {
  const rows = makeRows(4);
  const outputs = Object.fromEntries(NUMBERS_TOLD.map(([name]) => [name, html("dd", { "data-number": name })]));
  const where = html("p", { class: "qnl-moment" });
  const legend = html("ul", { class: "qnl-legend qnl-cascade-legend" },
    ...[["qnl-suspect", "an error is in here"], ["qnl-cleared", "set aside"], ["qnl-flipped", "flipped"]].map(([kind, text]) =>
      html("li", {}, svg("svg", { width: 14, height: 14, "aria-hidden": "true" }, svg("rect", { x: 1, y: 1, width: 12, height: 12, rx: 2, class: kind })), html("span", {}, text))),
    html("li", {}, "⊔ asked for · ≠ parities differ"));
  const node = html("div", { class: "qnl-figures" },
    html("dl", { class: "qnl-numbers qnl-cascade-numbers" }, ...NUMBERS_TOLD.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])),
    where, rows.node, legend);

  let known = "";
  let run = null;
  function played({ errors, game }) {
    const key = `${errors} ${game}`;
    if (key !== known) [known, run] = [key, cascadeRun({ errors, game })];
    return run;
  }

  function draw({ state, parameters: p }) {
    const { moments, orders, edges, told } = played(p);
    const at = Math.min(state.moment, moments.length) - 1;
    const moment = moments[at];
    const referee = state.seen_by === "referee";
    say(outputs.disclosed, String(moment.asked));
    say(outputs.least, told.least.toFixed(1));
    say(outputs.found, String(moment.flips));
    say(outputs.left, referee ? String(moment.wrong.length) : "Bob cannot know");
    say(where, `Message ${at + 1} of ${moments.length}`);
    const said = momentSentence(run, at);
    rows.draw(said, { moment, orders, edges, referee });
    return said;
  }

  return {
    node, draw, close: rows.close,
    // There is nothing after the last message.
    settle(config, next) {
      next.moment = Math.min(next.moment, played(next).moments.length);
    },
  };
}

export default makeExplorer(scene);
