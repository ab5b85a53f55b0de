// Two distributions of observed errors side by side, a quiet line's and the one at hand, and where the observation fell.

import { picture, svg, svgText } from "./dom.js";
import { errorDistribution } from "./theory_revealing.js";

const MOST_BARS = 24;
const [LEFT_OF_BARS, OVER_BARS, UNDER_BARS] = [8, 26, 36];

// Bars { from, to, quiet, here } that cover all but a ten-thousandth of both distributions, and the observed value.
export function errorBars(quiet, here, revealed, observed) {
  const each = [errorDistribution(quiet, revealed), errorDistribution(here, revealed)];
  const ends = each.map((shares) => {
    let [last, left] = [shares.length - 1, 0];
    while (last > 0 && left + shares[last] < 1e-4) left += shares[last--];
    return last;
  });
  const end = Math.max(...ends, observed ?? 0, 1);
  const size = Math.ceil((end + 1) / MOST_BARS);
  const bars = [];
  for (let from = 0; from <= end; from += size) {
    const sum = (shares) => shares.slice(from, from + size).reduce((total, share) => total + share, 0);
    bars.push({ from, to: from + size - 1, quiet: sum(each[0]), here: sum(each[1]) });
  }
  return bars;
}

// A picture whose `draw(words, { bars, observed, alarm, revealed })` shows them; `observed` null: nothing compared yet.
export function makeErrorHistogram(height) {
  const name = "Errors among the revealed bits";
  const floor = height - UNDER_BARS;
  const columns = (width, { bars, observed, alarm, revealed }) => {
    const room = (width - 2 * LEFT_OF_BARS) / bars.length;
    const top = Math.max(...bars.flatMap((bar) => [bar.quiet, bar.here]));
    const tall = (share) => (share / top) * (floor - OVER_BARS);
    const every = Math.ceil(bars.length / Math.max(2, Math.floor(width / 34)));
    const at = (i) => LEFT_OF_BARS + room * i;
    const parts = bars.flatMap(({ from, quiet, here }, i) => [
      svg("rect", { x: at(i) + room * 0.08, y: floor - tall(quiet), width: room * 0.4, height: tall(quiet), class: "qnl-bit", "data-quiet": quiet }),
      svg("rect", { x: at(i) + room * 0.52, y: floor - tall(here), width: room * 0.4, height: tall(here), class: "qnl-tip qnl-message", "data-here": here }),
      i % every ? null : svgText(at(i) + room / 2, floor + 16, String(from), { "text-anchor": "middle" }),
    ]);
    parts.push(svg("line", { x1: LEFT_OF_BARS, x2: width - LEFT_OF_BARS, y1: floor + 0.5, y2: floor + 0.5, class: "qnl-sphere" }));
    const size = bars[0].to - bars[0].from + 1;
    if (alarm / size < bars.length) {
      const x = at(alarm / size);
      parts.push(svg("line", { x1: x, x2: x, y1: OVER_BARS - 6, y2: floor, class: "qnl-limit" }));
    }
    if (observed !== null) {
      const x = at(Math.floor(observed / size) + 0.5);
      const end = x > width / 2 ? "end" : "start";
      parts.push(svg("path", { d: `M${x} ${OVER_BARS - 2}l-5 -9h10z`, class: "qnl-dot", "data-observed": observed }),
        svgText(x + (end === "start" ? 9 : -9), OVER_BARS - 5, `found: ${observed}`, { "text-anchor": end, class: "qnl-text qnl-strong" }));
    }
    parts.push(svgText(width / 2, height - 4, `errors among ${revealed} revealed bits`, { "text-anchor": "middle" }));
    return parts;
  };
  return picture(name, height, [columns]);
}
