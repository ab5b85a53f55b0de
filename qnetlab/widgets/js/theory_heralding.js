// A heralded link in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds, by name, the fiber (length_km, attenuation_db_per_km, insertion_loss_db, group_index), scheme, bell_measurement,
// detection, emission, emitter_fidelity, bright, overlap, phase_noise_rad, preparation_time_s, detector_efficiency,
// dark_count_rate_hz, gate_s, alice_t1_s, alice_t2_s, alice_dephasing, alice_write_efficiency, alice_modes, the same for
// bob, alice_error_0, alice_error_1, the same for bob, and state, the Bell state that is meant.

import { delaySeconds, memoryDecay } from "./theory_pairs.js";

const MEANT = { phi_plus: [1, -1, 1], phi_minus: [-1, 1, 1], psi_plus: [1, 1, -1], psi_minus: [-1, -1, -1] };
const FRESH_PAIRS = { single_click: [2, 2], two_click: [2, 2], midpoint_source: [3, 1], sender_receiver: [2, 1] };

const share = (part, whole) => (whole > 0 ? part / whole : 0);

// What two detectors say: a photon alone, nothing, and two photons together on one of them, as one click.
function detectorAnswers(p) {
  const dark = -Math.expm1(-p.dark_count_rate_hz * p.gate_s);
  const counts = p.detection === "number_resolving";
  return {
    dark,
    photon: (1 - dark) ** (counts ? 2 : 1),
    nothing: 2 * dark * (1 - dark),
    together: counts ? 0 : ((1 + p.overlap ** 2) / 2) * (1 - dark),
  };
}

function oneClick(p, eta) {
  const { photon, nothing, together } = detectorAnswers(p);
  const a = p.bright;
  const one = a * (1 - a) * (eta * photon + (1 - eta) * nothing);
  const neither = (1 - a) ** 2 * nothing;
  const both = a * a * (2 * eta * (1 - eta) * photon + eta * eta * together + (1 - eta) ** 2 * nothing);
  const shared = 2 * a * (1 - a) * eta * photon * p.overlap * Math.exp(-(p.phase_noise_rad ** 2) / 2);
  const probability = 2 * one + neither + both;
  const odd = neither - both;
  return {
    probability, xx: share(shared, probability), zz: share(2 * one - neither - both, probability),
    za: share(odd, probability), zb: share(-odd, probability),
  };
}

function twoClicks(p, alice, bob) {
  const { photon, nothing, together } = detectorAnswers(p);
  const different = ((alice * bob) / 2) * photon ** 2;
  const same = ((alice * bob) / 2) * together * nothing;
  const guessed = (alice * (1 - bob) + bob * (1 - alice)) * photon * nothing + (1 - alice) * (1 - bob) * nothing ** 2;
  const probability = different + same + guessed;
  return { probability, xx: share(different * p.overlap ** 2, probability), zz: share(different - same, probability), za: 0, zb: 0 };
}

function complete(p, alice, bob) {
  const { dark } = detectorAnswers(p);
  const probability = (alice + (1 - alice) * dark) * (bob + (1 - bob) * dark);
  const v = share(alice * bob, probability);
  return { probability, xx: v, zz: v, za: 0, zb: 0 };
}

// One attempt: its probability, and the pair in the moment that it is made.
export function heralded(p) {
  const all = p.bell_measurement === "complete";
  const way = 10 ** (-(p.attenuation_db_per_km * p.length_km + p.insertion_loss_db) / 10);
  const own = p.emission * p.detector_efficiency;
  const seen = own * (p.scheme === "sender_receiver" ? way : Math.sqrt(way));
  const end = (eta) => (all ? complete(p, eta, 1) : twoClicks(p, eta, own));
  let found;
  if (p.scheme === "single_click") found = oneClick(p, seen);
  else if (p.scheme === "two_click") found = all ? complete(p, seen, seen) : twoClicks(p, seen, seen);
  else {
    found = end(seen * (all ? p.bob_write_efficiency : 1));
    if (p.scheme === "midpoint_source") {
      const left = end(seen * (all ? p.alice_write_efficiency : 1));
      found = { probability: left.probability * found.probability, xx: left.xx * found.xx, zz: left.zz * found.zz, za: 0, zb: 0 };
    }
  }
  const v = (4 * p.emitter_fidelity - 1) / 3;
  const kept = v ** FRESH_PAIRS[p.scheme][all ? 1 : 0];
  return { probability: found.probability, xx: kept * found.xx, zz: kept * found.zz, za: v * found.za, zb: v * found.zb };
}

export function heraldWaits(p) {
  const delay = delaySeconds(p);
  return p.scheme === "sender_receiver" ? [2 * delay, delay] : [delay, delay];
}

export function attemptSeconds(p) {
  return Math.max(p.preparation_time_s, heraldWaits(p)[0] / Math.min(p.alice_modes, p.bob_modes));
}

export function heraldedRate(p) {
  return heralded(p).probability / attemptSeconds(p);
}

// Fidelity of the pair when both know of it, as the two readouts report it.
export function heraldedFidelity(p) {
  const fresh = heralded(p);
  const signs = MEANT[p.state];
  const [wait_a, wait_b] = heraldWaits(p);
  const [alice, bob] = [memoryDecay(p, "alice", wait_a), memoryDecay(p, "bob", wait_b)];
  const [ga, gb] = [alice.relaxed, bob.relaxed];
  const coherence = alice.coherence * bob.coherence;
  const [xx, yy, zz] = [fresh.xx * signs[0], fresh.xx * signs[1], fresh.zz * signs[2]];
  const [za, zb] = [fresh.za, fresh.zb * signs[2]];
  const stored = [coherence * xx, coherence * yy, (1 - ga) * (1 - gb) * zz + ga * gb + (1 - ga) * gb * za + ga * (1 - gb) * zb];
  const read = (side) => [1 - p[`${side}_error_0`] - p[`${side}_error_1`], p[`${side}_error_1`] - p[`${side}_error_0`]];
  const [[ka, oa], [kb, ob]] = [read("alice"), read("bob")];
  const report = (ab, a, b) => ka * kb * ab + ka * ob * a + oa * kb * b + oa * ob;
  const told = [report(stored[0], 0, 0), report(stored[1], 0, 0), report(stored[2], (1 - ga) * za + ga, (1 - gb) * zb + gb)];
  return (1 + told.reduce((sum, value, i) => sum + signs[i] * value, 0)) / 4;
}
