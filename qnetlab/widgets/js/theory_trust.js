// Ekert's protocol over a shared pair, and what the pair is worth as key: functions of numbers only, the same formulas as
// in Python.
//
// `p` holds the numbers of a link, in theory_pairs.js, and alice_error_0, alice_error_1, bob_error_0, bob_error_1.

import { binaryEntropy, surprise } from "./theory_entropy.js";
import { storedPair } from "./theory_pairs.js";

export const AGREED_LIMIT = 2;
const ALICE_TURNS = [0, 45, 90];
const BOB_TURNS = [45, 90, 135];

// What a readout makes of a mean: k m + o.
function readoutOf(error_0, error_1) {
  return { kept: 1 - error_0 - error_1, shift: error_1 - error_0 };
}

// The mean product of two results: `both` of the pair, `a` and `b` of each side alone.
function productAsRead(p, both, a, b) {
  const alice = readoutOf(p.alice_error_0, p.alice_error_1);
  const bob = readoutOf(p.bob_error_0, p.bob_error_1);
  return alice.kept * bob.kept * both + alice.kept * bob.shift * a + alice.shift * bob.kept * b + alice.shift * bob.shift;
}

// S and the error rate of the key bits, and the three correlators, all as read.
export function ekert(p) {
  const { correlators: [xx, yy, zz], z_alice, z_bob } = storedPair(p);
  const together = (a_deg, b_deg) => {
    const [a, b] = [a_deg, b_deg].map((turn) => (turn * Math.PI) / 180);
    const both = zz * Math.cos(a) * Math.cos(b) + xx * Math.sin(a) * Math.sin(b);
    return productAsRead(p, both, z_alice * Math.cos(a), z_bob * Math.cos(b));
  };
  const [a1, a2, a3] = ALICE_TURNS;
  const [b1, b2, b3] = BOB_TURNS;
  return {
    s: together(a1, b1) - together(a1, b3) + together(a3, b1) + together(a3, b3),
    qber: 0.5 - (together(a2, b1) + together(a3, b2)) / 4,
    xx: productAsRead(p, xx, 0, 0),
    yy: productAsRead(p, yy, 0, 0),
    zz: productAsRead(p, zz, z_alice, z_bob),
  };
}

// Secret bits per pair by what is trusted; below 0 there is no key.
export function pairKeys({ xx, yy, zz, s, qber }, error_correction) {
  const lost = error_correction * binaryEntropy((1 - zz) / 2);
  const shares = [1 + xx - yy + zz, 1 - xx + yy + zz, 1 + xx + yy - zz, 1 - xx - yy - zz];
  const mixed = shares.reduce((sum, share) => sum + surprise(share / 4), 0);
  const beyond = Math.sqrt(Math.max((s / 2) ** 2 - 1, 0));
  return {
    trusted: 1 - binaryEntropy((1 - xx) / 2) - lost,
    three_bases: 1 - mixed - (error_correction - 1) * binaryEntropy((1 - zz) / 2),
    untrusted: 1 - binaryEntropy((1 + Math.min(beyond, 1)) / 2) - error_correction * binaryEntropy(qber),
  };
}
