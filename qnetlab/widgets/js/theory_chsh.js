// The CHSH test in closed form: functions of numbers only, the same formulas as in Python.

import { BELL_CORRELATORS, carriedPair, seenAt } from "./theory_angles.js";

export const LOCAL_LIMIT = 2;
export const QUANTUM_LIMIT = 2 * Math.SQRT2;

// Every way to agree beforehand: the answers to a1, a2, b1, b2 as +1 or -1, and their S.
export const AGREEMENTS = Array.from({ length: 16 }, (_, i) => {
  const [a1, a2, b1, b2] = [8, 4, 2, 1].map((bit) => (i & bit ? -1 : 1));
  return { answers: [a1, a2, b1, b2], s: a1 * b1 + a1 * b2 + a2 * b1 - a2 * b2 };
});

export function chshPair(p) {
  return carriedPair(p, { correlators: BELL_CORRELATORS, z_alice: 0, z_bob: 0 });
}

// E(a1,b1), E(a1,b2), E(a2,b1), E(a2,b2).
export function chshCorrelators(p, pair = chshPair(p)) {
  return [[p.alice_1_deg, p.bob_1_deg], [p.alice_1_deg, p.bob_2_deg], [p.alice_2_deg, p.bob_1_deg], [p.alice_2_deg, p.bob_2_deg]]
    .map(([a, b]) => seenAt(p, pair, a, b, p.plane).together);
}

export function chshValue(p, pair = chshPair(p)) {
  const [e11, e12, e21, e22] = chshCorrelators(p, pair);
  return e11 + e12 + e21 - e22;
}

// The largest S of any settings, read perfectly.
export function bestValue({ correlators }) {
  const squares = correlators.map((c) => c * c);
  return 2 * Math.sqrt(squares[0] + squares[1] + squares[2] - Math.min(...squares));
}

// How entangled a pair is, 0 to 1.
export function concurrenceOf({ correlators: [xx, yy, zz], z_alice, z_bob }) {
  const outer = Math.abs(xx - yy) - Math.sqrt(Math.max((1 - zz) ** 2 - (z_alice - z_bob) ** 2, 0));
  const inner = Math.abs(xx + yy) - Math.sqrt(Math.max((1 + zz) ** 2 - (z_alice + z_bob) ** 2, 0));
  return Math.max(0, outer, inner) / 2;
}
