// A staircase: fidelity round after round, and at each step what it has cost so far.

import { picture, svg, svgText } from "./dom.js";

const STAIRS_HEIGHT = 214;
const [STAIRS_LEFT, STAIRS_RIGHT, STAIRS_TOP, STAIRS_BOTTOM] = [34, 64, 22, 34];
const MOST_ROUNDS = 12;

// A number of pairs in at most five characters.
export function pairsText(count) {
  if (!Number.isFinite(count)) return "∞";
  if (count < 99.5) return count.toPrecision(2);
  if (count < 99999.5) return String(Math.round(count));
  const power = Math.floor(Math.log10(count));
  return `10${String(power).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c])}`;
}

// The same in at most four characters, for a narrow step.
export function shortPairs(count) {
  return count >= 999.5 && count < 99500 ? `${(count / 1000).toPrecision(2)}k` : pairsText(count);
}

// A picture whose `draw(words, now)` takes { raw, here, other, rounds }: the raw fidelity, the stairs of this method and of
// the one it is compared with, as [fidelity, raw_pairs] each, and how many rounds are done.
export function makeStairs() {
  return picture("Staircase: fidelity, round after round", STAIRS_HEIGHT, [staircase]);
}

function staircase(width, { raw, here, other, rounds }) {
  const low = raw < 0.5 ? 0.25 : 0.5;
  const right = width - STAIRS_RIGHT;
  const floor = STAIRS_HEIGHT - STAIRS_BOTTOM;
  const x = (round) => STAIRS_LEFT + (round / (MOST_ROUNDS + 1)) * (right - STAIRS_LEFT);
  const y = (fidelity) => floor - ((fidelity - low) / (1 - low)) * (floor - STAIRS_TOP);
  const path = (stairs) => [[raw], ...stairs].map(([fidelity], i) => `${i ? "V" : `M${x(0)} `}${y(Math.max(fidelity, low)).toFixed(1)}H${x(i + 1).toFixed(1)}`).join("");
  const level = (value, name, kind) => [
    svg("line", { x1: STAIRS_LEFT, x2: right, y1: y(value), y2: y(value), class: kind }),
    svgText(STAIRS_LEFT - 6, y(value) + 4, value.toFixed(2).replace(/0$/, ""), { "text-anchor": "end" }),
    name ? svgText(right + 6, y(value) + 4, name) : null,
  ];
  const apart = Math.ceil(32 / (x(1) - x(0))); // where there is little room, only some steps have their number
  const costs = here.slice(0, rounds).map(([fidelity, pairs], i) => {
    if ((rounds - 1 - i) % apart) return null;
    const step = y(Math.max(fidelity, low));
    return svgText((x(i + 1) + x(i + 2)) / 2, fidelity > 0.9 || step < STAIRS_TOP ? step + 16 : step - 6, shortPairs(pairs), { "text-anchor": "middle", class: "qnl-text qnl-strong" });
  });
  return [
    ...[0.6, 0.7, 0.8, 0.9, ...(low < 0.5 ? [0.3, 0.4] : [])].flatMap((value) => level(value, "", "qnl-grid")),
    ...level(0.5, "stands still", "qnl-limit"), ...level(1, "", "qnl-grid"),
    svg("path", { d: path(other), class: "qnl-line qnl-mean" }),
    svg("path", { d: path(here), class: "qnl-line qnl-to-come" }),
    svg("path", { d: path(here.slice(0, rounds)), class: "qnl-line qnl-one" }),
    ...costs,
    ...Array.from({ length: MOST_ROUNDS + 1 }, (_, i) => i % apart ? null : svgText((x(i) + x(i + 1)) / 2, floor + 16, i === 0 ? "raw" : i, { "text-anchor": "middle" })),
    svgText((STAIRS_LEFT + right) / 2, STAIRS_HEIGHT - 3, "round", { "text-anchor": "middle" }),
  ];
}
