// A GHZ state over a star of links, in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of the first link and of all others by the names of theory_pairs.js, after first_ and other_, the
// center being alice; one_qubit_error, two_qubit_error, center; and center_ and party_ each with error_0 and error_1.

import { delaySeconds, heraldSeconds, memoryDecay, storedPair } from "./theory_pairs.js";
import { chainLinks } from "./theory_swapping.js";

// How long all wait until the farthest party has its bit, once all pairs are there.
export function starTimes(p, count) {
  const links = chainLinks(p, count);
  return { links, ready_s: Math.max(...links.map(heraldSeconds)), told_s: Math.max(...links.map(delaySeconds)) };
}

export function starPairs(p, count) {
  const { links, ready_s, told_s } = starTimes(p, count);
  return links.map((link) => storedPair(link, ready_s - heraldSeconds(link), ready_s + told_s - heraldSeconds(link)));
}

const errorsOf = (p, who) => [p[`${who}_error_0`], p[`${who}_error_1`]];
const contrastOf = ([zero, one]) => 1 - zero - one;
const offsetOf = ([zero, one]) => one - zero;
const readAs = (bit, seen, errors) => (bit === seen ? 1 - errors[bit] : errors[bit]);

// What those who take part read: P, C, F = (P + C)/2, and the parity of all X.
export function sharedGhz(p, count) {
  const pairs = starPairs(p, count);
  const { links, ready_s, told_s } = starTimes(p, count);
  const [own, their] = [errorsOf(p, "center"), errorsOf(p, "party")];
  const at = { contrast: contrastOf(own), offset: offsetOf(own), two: 1 - (4 * p.two_qubit_error) / 3, one: 1 - 2 * p.one_qubit_error };
  const left = memoryDecay(links[0], "alice", told_s, ready_s);
  const kept = p.center === "kept";
  const parties = count + (kept ? 1 : 0);
  const blank = offsetOf(their) ** count * (kept ? offsetOf(own) : 1);
  const contrast = contrastOf(their) ** count * (kept ? contrastOf(own) : 1);
  const read = (theta) => blank + (kept || p.center === "measured_x" ? contrast * inPlane(pairs, at, kept, theta, left.coherence) : 0);
  let coherence = 0;
  for (let k = 0; k < parties; k++) coherence += ((-1) ** k * read((k * Math.PI) / parties)) / parties;
  const populations = [0, 1].reduce((sum, wanted) => sum + allRead(p, pairs, at, wanted, own, their, left.relaxed), 0);
  return { populations, coherence, fidelity: (populations + coherence) / 2, parity: read(0) };
}

// The mean product of cos(theta) X + sin(theta) Y. The center's operator is a X + b Y, kept as [a, b].
function inPlane(pairs, at, kept, theta, coherence) {
  const [cos, sin] = [Math.cos(theta), Math.sin(theta)];
  const [alpha, beta] = [(1 + at.one) / 2, (1 - at.one) / 2];
  let [a, b] = kept ? [coherence * cos, coherence * sin] : [alpha * at.contrast * at.one, 0];
  for (const { correlators: [xx, yy] } of pairs.slice(1)) {
    const [both, turn] = [cos * (alpha + beta * at.offset) * xx, -sin * alpha * at.contrast * yy];
    [a, b] = [at.two * (a * both - b * turn), at.two * (b * both + a * turn)];
  }
  return a * cos * pairs[0].correlators[0] + b * sin * pairs[0].correlators[1];
}

// P(all read `wanted` in Z): a Markov chain of the center's own bit, from pair to pair.
function allRead(p, pairs, at, wanted, own, their, relaxed) {
  const spoiled = p.one_qubit_error;
  const flip = p.center === "measured_x" ? (spoiled * (1 - at.offset)) / 2 : 0;
  const joint = ({ correlators, z_alice, z_bob }, mine, bit) => {
    const [a, b] = [1 - 2 * mine, 1 - 2 * bit];
    return (1 + a * z_alice + b * z_bob + a * b * correlators[2]) / 4;
  };
  const bits = [0, 1];
  let weights = bits.map((mine) => bits.reduce((sum, bit) =>
    sum + joint(pairs[0], mine, bit) * ((1 - flip) * readAs(bit, wanted, their) + flip * readAs(bit ^ 1, wanted, their)), 0));
  for (const pair of pairs.slice(1)) {
    const passed = [0, 0];
    for (const mine of bits) for (const other of bits) for (const bit of bits) for (const after of bits) for (const measured of bits) {
      const gate = at.two * (after === mine && measured === (mine ^ other) ? 1 : 0) + (1 - at.two) / 4;
      const corrected = (1 - spoiled) * readAs(bit ^ 1, wanted, their) + spoiled * readAs(bit, wanted, their);
      const seen = readAs(measured, 0, own) * readAs(bit, wanted, their) + readAs(measured, 1, own) * corrected;
      passed[after] += weights[mine] * joint(pair, other, bit) * gate * seen;
    }
    weights = passed;
  }
  if (p.center !== "kept") return weights[0] + weights[1];
  return weights[0] * readAs(0, wanted, own) + weights[1] * (relaxed * readAs(0, wanted, own) + (1 - relaxed) * readAs(1, wanted, own));
}
