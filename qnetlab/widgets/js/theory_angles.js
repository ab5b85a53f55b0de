// One pair and one measuring angle on each side, in closed form: functions of numbers only, the same formulas as in
// Python.
//
// `p` holds the numbers of a link, in theory_pairs.js, and alice_error_0, alice_error_1, the same for bob. A pair is
// { correlators: [xx, yy, zz], z_alice, z_bob }.

import { heraldSeconds, memoryDecay } from "./theory_pairs.js";

export const BELL_CORRELATORS = [1, -1, 1]; // of phi_plus

const radians = (degrees) => (degrees * Math.PI) / 180;

// cos(tilt)|00> + sin(tilt)|11>; 45 degrees are phi_plus.
export function tiltedPair(tilt_deg) {
  const shared = Math.sin(2 * radians(tilt_deg));
  const alone = Math.cos(2 * radians(tilt_deg));
  return { correlators: [shared, -shared, 1], z_alice: alone, z_bob: alone };
}

// What the noise of a source makes of a pair; it acts on Bob's half.
export function noisySource({ correlators: [xx, yy, zz], z_alice, z_bob }, fidelity, noise) {
  if (noise === "white") {
    const v = (4 * fidelity - 1) / 3;
    return { correlators: [v * xx, v * yy, v * zz], z_alice, z_bob: v * z_bob };
  }
  const coherence = 2 * fidelity - 1;
  return { correlators: [coherence * xx, coherence * yy, zz], z_alice, z_bob };
}

// A pair after the link's noise, and after both halves waited for the herald.
export function carriedPair(p, made) {
  const { correlators: [xx, yy, zz], z_alice, z_bob } = noisySource(made, p.pair_fidelity, p.noise);
  const wait = heraldSeconds(p);
  const [alice, bob] = [memoryDecay(p, "alice", wait), memoryDecay(p, "bob", wait)];
  const [decayAlice, decayBob] = [alice.relaxed, bob.relaxed];
  const [keepAlice, keepBob] = [1 - decayAlice, 1 - decayBob];
  const coherence = alice.coherence * bob.coherence;
  return {
    correlators: [
      coherence * xx,
      coherence * yy,
      keepAlice * keepBob * zz + decayAlice * decayBob + keepAlice * decayBob * z_alice + decayAlice * keepBob * z_bob,
    ],
    z_alice: keepAlice * z_alice + decayAlice,
    z_bob: keepBob * z_bob + decayBob,
  };
}

// The mean of each party's result (+1 for 0, -1 for 1) and of their product, as the readouts report them.
export function seenAt(p, pair, alice_deg, bob_deg, plane = "zx") {
  const [a, b] = [radians(alice_deg), radians(bob_deg)];
  const [xx, yy, zz] = pair.correlators;
  const inZX = plane === "zx";
  const alice = inZX ? pair.z_alice * Math.cos(a) : 0;
  const bob = inZX ? pair.z_bob * Math.cos(b) : 0;
  const both = inZX
    ? zz * Math.cos(a) * Math.cos(b) + xx * Math.sin(a) * Math.sin(b)
    : xx * Math.cos(a) * Math.cos(b) + yy * Math.sin(a) * Math.sin(b);
  const [ka, oa] = [1 - p.alice_error_0 - p.alice_error_1, p.alice_error_1 - p.alice_error_0];
  const [kb, ob] = [1 - p.bob_error_0 - p.bob_error_1, p.bob_error_1 - p.bob_error_0];
  return { alice: ka * alice + oa, bob: kb * bob + ob, together: ka * kb * both + ka * ob * alice + oa * kb * bob + oa * ob };
}

// How often 00, 01, 10 and 11 come, Alice's bit first.
export function jointTable({ alice, bob, together }) {
  return [[1, 1], [1, -1], [-1, 1], [-1, -1]].map(([a, b]) => (1 + a * alice + b * bob + a * b * together) / 4);
}
