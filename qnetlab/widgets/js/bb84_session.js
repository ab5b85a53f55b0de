// A session of BB84, pulse by pulse, drawn from the very probabilities of the closed form. Each pulse owns a fixed set of
// random numbers: the same seed gives the same session, and moving a slider changes only what it has to change.

import { arrivingAngle, darkProbability, preparedAngle, seenProbability, zeroProbability } from "./theory_bb84.js";

const PER_PULSE = 12;

// A small generator (mulberry32): good enough to toss coins, and the same on every computer.
function diceOf(seed) {
  let at = Math.imul(seed, 0x9e3779b1) >>> 0;
  return () => {
    at = (at + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(at ^ (at >>> 15), at | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

let keptNumbers = { seed: null, numbers: [] };

function numbersFor(seed, pulses) {
  if (keptNumbers.seed !== seed || keptNumbers.numbers.length < pulses * PER_PULSE) {
    const next = diceOf(seed);
    keptNumbers = { seed, numbers: Float64Array.from({ length: pulses * PER_PULSE }, next) };
  }
  return keptNumbers.numbers;
}

// One pulse: { alice_basis, alice_bit, eve_basis, eve_bit, bob_basis, clicks: [in 0, in 1], bob_bit }; nulls where there
// is nothing. `u` gives the pulse's own random numbers by place.
function onePulse(p, chances, u) {
  const alice_bit = u(0) < 0.5 ? 0 : 1;
  const alice_basis = u(1) < p.basis_probability ? "Z" : "X";
  const bob_basis = u(2) < p.basis_probability ? "Z" : "X";
  let angle = preparedAngle(alice_basis, alice_bit);
  let eve_basis = null;
  let eve_bit = null;
  if (u(3) < p.fraction) {
    eve_basis = p.eve_basis !== "random" ? p.eve_basis : u(4) < 0.5 ? "Z" : "X";
    eve_bit = u(5) < zeroProbability(angle, eve_basis) ? 0 : 1;
    angle = preparedAngle(eve_basis, eve_bit);
  }
  const clicks = [u(8) < chances.dark, u(9) < chances.dark];
  const seen = u(6) < chances.seen;
  if (seen) clicks[u(7) < zeroProbability(arrivingAngle(p, angle), bob_basis) ? 0 : 1] = true;
  const bob_bit = clicks[0] && clicks[1] ? (u(10) < 0.5 ? 0 : 1) : clicks[0] ? 0 : clicks[1] ? 1 : null;
  return { alice_basis, alice_bit, eve_basis, eve_bit, bob_basis, clicks, seen, bob_bit, rank: u(11) };
}

// All pulses of a session, how many clicked and were sifted, and which `revealed` of the sifted ones are compared.
export function playSession(p, { seed, pulses, revealed }) {
  const numbers = numbersFor(seed, pulses);
  const chances = { seen: seenProbability(p), dark: darkProbability(p) };
  const all = [];
  for (let i = 0; i < pulses; i++) {
    const pulse = onePulse(p, chances, (place) => numbers[i * PER_PULSE + place]);
    pulse.number = i + 1;
    pulse.sifted = pulse.bob_bit !== null && pulse.alice_basis === pulse.bob_basis;
    pulse.wrong = pulse.sifted && pulse.alice_bit !== pulse.bob_bit;
    all.push(pulse);
  }
  const sifted = all.filter((pulse) => pulse.sifted);
  const sample = [...sifted].sort((a, b) => a.rank - b.rank).slice(0, revealed);
  for (const pulse of sample) pulse.revealed = true;
  return {
    pulses: all,
    clicked: all.filter((pulse) => pulse.bob_bit !== null).length,
    intercepted: all.filter((pulse) => pulse.eve_basis !== null).length,
    sifted: sifted.length,
    revealed: sample.length,
    errors: sample.filter((pulse) => pulse.wrong).length,
  };
}
