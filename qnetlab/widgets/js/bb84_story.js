// One photon of BB84: what Alice sent, what Eve did, what Bob read; as a picture and in a sentence.

import { picture, svg, svgText } from "./dom.js";
import { shown } from "./numbers.js";
import { STAGE_HEIGHT, STAGE_MIDDLE, below, station } from "./stage.js";
import { BASIS_ANGLE } from "./theory_bb84.js";

// Where the polarization points in the lab: half of the angle on the sphere, in degrees.
function polarization(basis, bit) {
  return (BASIS_ANGLE[basis] * 90) / Math.PI + 90 * bit;
}

const BASIS_NAME = { Z: "Z", X: "X", breidbart: "the basis between Z and X" };

export function photonText(pulse) {
  const { alice_bit, alice_basis, eve_basis, eve_bit, bob_basis, bob_bit, clicks } = pulse;
  const alice = `Photon ${pulse.number}: Alice sends ${alice_bit} in ${alice_basis}.`;
  const eve = eve_basis === null ? "" : ` Eve measures in ${BASIS_NAME[eve_basis]}, reads ${eve_bit} and sends that on.`;
  if (bob_bit === null) return `${alice}${eve} Bob has chosen ${bob_basis}; nothing clicks: lost.`;
  if (clicks[0] && clicks[1]) return `${alice}${eve} Bob measures in ${bob_basis}; both detectors click, and he tosses a coin: ${bob_bit}.`;
  const dark = pulse.seen ? "" : " That was a dark count.";
  return `${alice}${eve} Bob measures in ${bob_basis} and reads ${bob_bit}.${dark}`;
}

function photonAt(x, basis, bit, kind) {
  const [dx, dy] = [Math.cos((polarization(basis, bit) * Math.PI) / 180) * 9, Math.sin((polarization(basis, bit) * Math.PI) / 180) * 9];
  return svg("g", { class: `qnl-photon qnl-${kind}` },
    svg("circle", { cx: x, cy: STAGE_MIDDLE, r: 13, class: "qnl-bit" }),
    svg("line", { x1: x - dx, y1: STAGE_MIDDLE + dy, x2: x + dx, y2: STAGE_MIDDLE - dy, class: `qnl-arrow qnl-${kind}` }));
}

// A picture whose `draw(words, { pulse, length_km })` shows the photon's way.
export function makePhotonStory() {
  return picture("One photon on its way", STAGE_HEIGHT, [photonStage]);
}

function photonStage(width, { pulse, length_km }) {
  const side = Math.min(130, width * 0.22);
  const [left, right, middle] = [side / 2, width - side / 2, width * 0.4];
  const intercepted = pulse.eve_basis !== null;
  const sees = intercepted ? [pulse.eve_basis, pulse.eve_bit, "message"] : [pulse.alice_basis, pulse.alice_bit, "bob"];
  const parts = [
    ...station(1, side, "Alice"),
    ...station(width - side - 1, side, "Bob"),
    svg("line", { x1: side + 1, x2: width - side - 1, y1: STAGE_MIDDLE, y2: STAGE_MIDDLE, class: "qnl-fiber" }),
    svgText(width * 0.66, 12, shown(length_km, "plain", "km"), { "text-anchor": "middle" }),
    photonAt(left, pulse.alice_basis, pulse.alice_bit, "bob"),
    below(left, `${pulse.alice_bit} in ${pulse.alice_basis}`),
  ];
  if (intercepted) {
    parts.push(...station(middle - 45, 90, "Eve"), photonAt(middle, pulse.eve_basis, pulse.eve_bit, "message"),
      below(middle, `reads ${pulse.eve_bit}${pulse.eve_basis === "breidbart" ? "" : ` in ${pulse.eve_basis}`}`));
  } else parts.push(svgText(middle, 12, "Eve lets it pass", { "text-anchor": "middle" }));
  const flying = width * 0.66;
  const flight = svg("g", { class: "qnl-flight" });
  if (pulse.seen) flight.append(photonAt(flying, ...sees));
  else flight.append(svgText(flying, STAGE_MIDDLE + 5, "✕", { "text-anchor": "middle", class: "qnl-text qnl-strong" }), below(flying, "lost"));
  parts.push(flight);
  const reads = pulse.bob_bit === null ? "no click" : `${pulse.bob_bit} in ${pulse.bob_basis}`;
  if (pulse.bob_bit === null) parts.push(svgText(right, STAGE_MIDDLE + 5, "–", { "text-anchor": "middle" }));
  else parts.push(photonAt(right, pulse.bob_basis, pulse.bob_bit, pulse.seen ? sees[2] : "ghost"));
  parts.push(below(right, reads));
  return parts;
}
