// Superdense coding step by step: who holds what, as a picture and in a sentence.

import { picture, svg, svgText } from "./dom.js";
import { duration, shown } from "./numbers.js";
import { STAGE_HEIGHT, STAGE_MIDDLE, below, bit, qubit, station, wave } from "./stage.js";
import { delaySeconds } from "./theory_pairs.js";

const ENCODED = {
  "00": "For 00 Alice leaves her half as it is.",
  "01": "For 01 Alice flips her half (X).",
  "10": "For 10 Alice turns the sign of her half (Z).",
  "11": "For 11 Alice flips her half (X) and turns its sign (Z).",
  average: "Alice flips her half (X) if x = 1, and turns its sign (Z) if z = 1.",
};

export function storyText(step, message, p) {
  if (step === 1) return "Each holds one half of an entangled pair. Alice has two bits; the pair knows nothing of them.";
  if (step === 2) return `${ENCODED[message]} The two halves now belong together in another way.`;
  if (step === 3) return `Her qubit is on the way, for ${duration(delaySeconds(p))}; Bob's half waits. Who catches it holds half a pair.`;
  return "Bob undoes the making of the pair, CNOT then H, and reads both: her qubit tells z, his own x.";
}

// A picture whose `draw(words, now)` takes { step, message, length_km, matches }; `matches`: whether Bob reads both bits
// more often than he could without a pair.
export function makeStory() {
  return picture("Who holds what", STAGE_HEIGHT, [holders]);
}

function holders(width, { step, message, length_km, matches }) {
  const side = Math.min(170, width * 0.29);
  const [bits, half] = [side * 0.3, side * 0.76];
  const bob = width - side * 0.5;
  const middle = width / 2;
  const names = message === "average" ? ["z", "x"] : [...message];
  const row = (x, isHeld) => names.flatMap((name, i) => bit(x + (i - 0.5) * 26, name, isHeld));
  const parts = [
    ...station(1, side, "Alice"),
    ...station(width - side - 1, side, "Bob"),
    svg("line", { x1: side + 1, x2: width - side - 1, y1: STAGE_MIDDLE, y2: STAGE_MIDDLE, class: "qnl-fiber" }),
    svgText(middle, 12, shown(length_km, "plain", "km"), { "text-anchor": "middle" }),
    ...row(step < 3 ? bits : side / 2, false),
    below(step < 3 ? bits : side / 2, "two bits"),
  ];
  if (step < 3) {
    const encoded = step === 2;
    parts.push(wave(half + 14, bob - 14), ...qubit(half, encoded ? "message" : "bob", encoded ? "encoded" : "half"));
    parts.push(...qubit(bob, "bob", "half"), below(middle, encoded ? "still one pair" : "one entangled pair"));
  } else if (step === 3) {
    parts.push(wave(middle + 14, bob - 14), ...qubit(middle, "message", "one qubit on the way"), ...qubit(bob, "bob", "half"));
    parts.push(svg("path", { d: `M${middle + 20} ${STAGE_MIDDLE - 20}l14 0m-6 -5l6 5l-6 5`, class: "qnl-way" }));
  } else {
    parts.push(...row(bob, !matches), below(bob, matches ? "two bits" : "mostly a guess"));
  }
  return parts;
}
