// A shared pair in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of a link by name: length_km, attenuation_db_per_km, insertion_loss_db, group_index, herald,
// pair_fidelity, noise, repetition_rate_hz, alice_t1_s, alice_t2_s, alice_dephasing, alice_write_efficiency,
// alice_modes, and the same for bob.

const SPEED_OF_LIGHT_M_PER_S = 299792458;

export function delaySeconds(p) {
  return (p.length_km * 1e3 * p.group_index) / SPEED_OF_LIGHT_M_PER_S;
}

// How long both memories wait until they know that there is a pair.
export function heraldSeconds(p) {
  return p.herald === "midpoint" ? delaySeconds(p) : 0;
}

// <XX>, <YY>, <ZZ> of a fresh pair that is meant to be phi_plus.
export function freshCorrelators(p) {
  if (p.noise === "white") {
    const v = (4 * p.pair_fidelity - 1) / 3;
    return [v, -v, v];
  }
  return [2 * p.pair_fidelity - 1, 1 - 2 * p.pair_fidelity, 1];
}

// What a wait in alice's or bob's memory does to a qubit that had been there for `since_s`: how much relaxes toward |0>,
// and the factor on X and Y.
export function memoryDecay(p, who, wait_s, since_s = 0) {
  const [t1_s, t2_s] = [p[`${who}_t1_s`], p[`${who}_t2_s`]];
  const middle_s = wait_s + 2 * since_s;
  const exponent = p[`${who}_dephasing`] === "gaussian"
    ? wait_s / (2 * t1_s) + (wait_s / t2_s) * (middle_s / t2_s - middle_s / (2 * t1_s))
    : wait_s / t2_s;
  return { relaxed: -Math.expm1(-wait_s / t1_s), coherence: Math.exp(-exponent) };
}

// <XX>, <YY>, <ZZ> and each side's own <Z>, after the herald and further waiting on either side, in seconds.
export function storedPair(p, extraAlice_s = 0, extraBob_s = 0) {
  const alice = memoryDecay(p, "alice", heraldSeconds(p) + extraAlice_s);
  const bob = memoryDecay(p, "bob", heraldSeconds(p) + extraBob_s);
  const [decayAlice, decayBob] = [alice.relaxed, bob.relaxed];
  const coherence = alice.coherence * bob.coherence;
  const [xx, yy, zz] = freshCorrelators(p);
  return {
    correlators: [coherence * xx, coherence * yy, (1 - decayAlice) * (1 - decayBob) * zz + decayAlice * decayBob],
    z_alice: decayAlice,
    z_bob: decayBob,
  };
}

// Mean time until a pair lies in both memories, in seconds.
export function pairWaitSeconds(p) {
  const attempt = Math.max(1 / p.repetition_rate_hz, heraldSeconds(p) / Math.min(p.alice_modes, p.bob_modes));
  const loss_db = p.attenuation_db_per_km * p.length_km + p.insertion_loss_db;
  return attempt / (10 ** (-loss_db / 10) * p.alice_write_efficiency * p.bob_write_efficiency);
}
