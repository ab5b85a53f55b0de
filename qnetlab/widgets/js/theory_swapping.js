// A chain of links joined by swapping, in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of the first link and of all others by the names of theory_pairs.js, after first_ and other_;
// one_qubit_error, two_qubit_error, corrections; and station_, alice_ and bob_ each with error_0 and error_1.

import { delaySeconds, heraldSeconds, storedPair } from "./theory_pairs.js";

export function linkOf(p, which) {
  const start = `${which}_`;
  const own = Object.entries(p).filter(([name]) => name.startsWith(start));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(start.length), value]));
}

export function chainLinks(p, count) {
  const other = linkOf(p, "other");
  return [linkOf(p, "first"), ...Array.from({ length: count - 1 }, () => other)];
}

// How long both ends wait until the farthest station's bits are at Bob's; who measures at once does not.
export function bitsSeconds(p, count) {
  if (p.corrections === "none" || p.corrections === "at_once") return 0;
  return chainLinks(p, count).slice(1).reduce((sum, link) => sum + delaySeconds(link), 0);
}

// Each link's pair when it is used.
export function chainPairs(p, count) {
  const links = chainLinks(p, count);
  const ready = Math.max(...links.map(heraldSeconds));
  const told = bitsSeconds(p, count);
  return links.map((link, i) => {
    const extra = ready - heraldSeconds(link);
    return storedPair(link, extra + (i === 0 ? told : 0), extra + (i === count - 1 ? told : 0));
  });
}

export function pairFidelityOf([xx, yy, zz]) {
  return (1 + xx - yy + zz) / 4;
}

// Means of (1 or Z at one end) x (1 or Z at the other) x one factor per station, which is blank + flip * Z Z.
function endMeans(pairs, blank, flip) {
  const weights = [blank, flip];
  const link = ({ correlators, z_alice, z_bob }) => [[1, z_bob], [z_alice, correlators[2]]];
  const cell = (left, right, i, j) => weights.reduce((sum, weight, k) => sum + left[i][k] * weight * right[k][j], 0);
  const joined = (left, right) => [0, 1].map((i) => [0, 1].map((j) => cell(left, right, i, j)));
  return pairs.map(link).reduce(joined);
}

function readoutOf(p, who) {
  const [wrong0, wrong1] = [p[`${who}_error_0`], p[`${who}_error_1`]];
  return { contrast: 1 - wrong0 - wrong1, offset: wrong1 - wrong0 };
}

// The pair that the ends hold when all bits are used: correlators and each end's own <Z>.
export function endPair(p, pairs) {
  const at = readoutOf(p, "station");
  const [one, two] = [1 - 2 * p.one_qubit_error, 1 - (4 * p.two_qubit_error) / 3];
  const correction = p.corrections === "feed_forward" ? one : 1;
  const [alpha, beta] = [(1 + correction) / 2, (1 - correction) / 2];
  const idle = alpha + beta * at.offset;
  const stations = pairs.length - 1;
  const product = (i) => pairs.reduce((all, pair) => all * pair.correlators[i], 1);
  const ends = endMeans(pairs, idle * (alpha * at.offset + beta), idle * alpha * at.contrast * two);
  return {
    correlators: [
      product(0) * (alpha * idle * at.contrast * one * two) ** stations,
      product(1) * (-((alpha * at.contrast) ** 2) * one * two) ** stations,
      ends[1][1],
    ],
    z_alice: pairs[0].z_alice,
    z_bob: ends[0][1],
  };
}

// What the ends share while nobody knows the bits.
export function quietPair(pairs) {
  const [first, last] = [pairs[0], pairs.at(-1)];
  return { correlators: [0, 0, first.z_alice * last.z_bob], z_alice: first.z_alice, z_bob: last.z_bob };
}

function readByEnds(p, { correlators: [xx, yy, zz], z_alice, z_bob }) {
  const [a, b] = [readoutOf(p, "alice"), readoutOf(p, "bob")];
  const seen = (ab, za, zb) => a.contrast * b.contrast * ab + a.contrast * b.offset * za + a.offset * b.contrast * zb + a.offset * b.offset;
  return [seen(xx, 0, 0), seen(yy, 0, 0), seen(zz, z_alice, z_bob)];
}

// Nobody corrects: the bits turn the signs of what was read.
function readInFrame(p, pairs) {
  const [at, a, b] = [readoutOf(p, "station"), readoutOf(p, "alice"), readoutOf(p, "bob")];
  const [one, two] = [1 - 2 * p.one_qubit_error, 1 - (4 * p.two_qubit_error) / 3];
  const stations = pairs.length - 1;
  const product = (i) => pairs.reduce((all, pair) => all * pair.correlators[i], 1);
  const ends = endMeans(pairs, at.offset, at.contrast * two);
  const blank = endMeans(pairs, at.offset ** 2, at.offset * at.contrast * two)[0][0];
  const both = a.contrast * b.contrast;
  return [
    both * product(0) * (at.contrast * one * two) ** stations + a.offset * b.offset * at.offset ** stations,
    both * product(1) * (-(at.contrast ** 2) * one * two) ** stations + a.offset * b.offset * blank,
    both * ends[1][1] + a.contrast * b.offset * ends[1][0] + a.offset * b.contrast * ends[0][1] + a.offset * b.offset * ends[0][0],
  ];
}

// <XX>, <YY>, <ZZ> of a chain of `count` links, as the ends' readouts report them.
export function swapCorrelators(p, count) {
  const pairs = chainPairs(p, count);
  if (p.corrections === "pauli_frame" || p.corrections === "at_once") return readInFrame(p, pairs);
  return readByEnds(p, p.corrections === "none" ? quietPair(pairs) : endPair(p, pairs));
}
