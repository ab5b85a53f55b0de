// Teleportation step by step: who holds what, as a picture and in a sentence.

import { picture, svg, svgText } from "./dom.js";
import { duration, shown } from "./numbers.js";
import { STAGE_HEIGHT, STAGE_MIDDLE, below, bit, qubit, station, wave } from "./stage.js";
import { delaySeconds } from "./theory_pairs.js";

function bitsBobHas(corrections) {
  return { x: corrections === "both" || corrections === "x", z: corrections === "both" || corrections === "z" };
}

// What a step is called where Bob does not get both bits; null: as always.
export function stepName(step, corrections) {
  if (step < 3 || corrections === "both") return null;
  if (corrections === "none") return step === 3 ? "her bits stay" : "Bob has no bits";
  return step === 3 ? "one bit travels" : "Bob has one bit";
}

// `matches`: whether Bob ends up with more than measuring and phoning would give him.
export function storyText(step, p, matches) {
  const bits = bitsBobHas(p.corrections);
  if (step === 1) return "Each holds one half of an entangled pair. The message is still Alice's alone.";
  if (step === 2) return "Alice measures both. X bit, Z bit: 0 or 1 at random, so not shown. No copy stays.";
  if (step === 3) {
    if (!bits.x && !bits.z) return "You hold both bits back. Bob's half alone tells him nothing about the message.";
    return `No faster than light: ${duration(delaySeconds(p))} on the way. Until then Bob's half tells him nothing.`;
  }
  if (bits.x && bits.z && !matches) return "Bob undoes a flip (X bit) and a sign (Z bit), but too much noise has got in.";
  if (bits.x && bits.z) return "Bob undoes a flip (X bit) and a sign (Z bit). Now his qubit carries the message.";
  if (bits.x) return "Bob undoes the flip with the X bit. The sign is lost: you hold the Z bit back.";
  if (bits.z) return "Bob undoes the sign with the Z bit. The flip is lost: you hold the X bit back.";
  return "Bob has no bits: he leaves his qubit as it is. You hold both bits back.";
}

// A picture whose `draw(words, now)` takes { step, length_km, corrections, matches }.
export function makeStory() {
  return picture("Who holds what", STAGE_HEIGHT, [holders]);
}

function holders(width, { step, length_km, corrections, matches }) {
  const bits = bitsBobHas(corrections);
  const side = Math.min(170, width * 0.29);
  const [message, half] = [side * 0.28, side * 0.72];
  const bob = width - side * 0.5;
  const middle = width / 2;
  const held = [!bits.x && "X", !bits.z && "Z"].filter(Boolean);
  const sent = [bits.x && "X", bits.z && "Z"].filter(Boolean);
  const row = (names, x, isHeld) => names.flatMap((name, i) => bit(x + (i - (names.length - 1) / 2) * 28, name, isHeld));
  const parts = [
    ...station(1, side, "Alice"),
    ...station(width - side - 1, side, "Bob"),
    svg("line", { x1: side + 1, x2: width - side - 1, y1: STAGE_MIDDLE, y2: STAGE_MIDDLE, class: "qnl-fiber" }),
    svgText(middle, 12, shown(length_km, "plain", "km"), { "text-anchor": "middle" }),
  ];
  if (step === 1) {
    parts.push(wave(half + 14, bob - 14), ...qubit(message, "message", "message"), ...qubit(half, "bob", "half"));
    parts.push(...qubit(bob, "bob", "half"), below(middle, "one entangled pair"));
    return parts;
  }
  if (step === 2) parts.push(...row(["X", "Z"], side / 2, false), below(side / 2, "X bit, Z bit"));
  else if (held.length) parts.push(...row(held, side / 2, true), below(side / 2, "held back"));
  else parts.push(svgText(side / 2, STAGE_MIDDLE + 5, "no copy left", { "text-anchor": "middle" }));
  if (step === 3 && sent.length) {
    parts.push(...row(sent, middle, false), svg("path", { d: `M${middle + 34} ${STAGE_MIDDLE}l14 0m-6 -5l6 5l-6 5`, class: "qnl-way" }));
    parts.push(below(middle, sent.length === 2 ? "X bit, Z bit on the way" : `${sent[0]} bit on the way`));
  }
  const used = step === 4 && sent.length > 0;
  if (used) parts.push(...row(sent, width - side * 0.7, false));
  const carries = step === 4 && matches;
  parts.push(...qubit(used ? width - side * 0.26 : bob, carries ? "message" : "bob", carries ? "message" : "Bob's qubit"));
  return parts;
}
