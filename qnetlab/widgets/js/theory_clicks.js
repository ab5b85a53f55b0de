// Clicks of weak pulses in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of one line by name: length_km, attenuation_db_per_km, insertion_loss_db; mu and
// repetition_rate_hz of the source; efficiency, dark_count_rate_hz and gate_s of each of two detectors; misalignment_rad.

export function lineLossDb(p) {
  return p.attenuation_db_per_km * p.length_km + p.insertion_loss_db;
}

export function lineTransmittance(p) {
  return 10 ** (-lineLossDb(p) / 10);
}

// Probability of a dark count per gate, in one detector.
export function darkChance(p) {
  return -Math.expm1(-p.dark_count_rate_hz * p.gate_s);
}

// Mean time from one photon at the end of the fiber to the next, in seconds.
export function photonWaitSeconds(p) {
  return 1 / (p.repetition_rate_hz * p.mu * lineTransmittance(p));
}

// Per pulse: clicks of light from pulses with one photon and with more, clicks of the dark, and what of them is wrong.
export function clickShares(p) {
  const eta = lineTransmittance(p) * p.efficiency;
  const x = p.mu * eta;
  const d = darkChance(p);
  const misled = Math.sin(p.misalignment_rad) ** 2; // share of the light that goes to the wrong detector
  const gain = -Math.expm1(2 * Math.log1p(-d) - x);
  const one = p.mu * Math.exp(-p.mu) * eta;
  const many = -Math.expm1(-x) - one;
  const dark = -Math.exp(-x) * Math.expm1(2 * Math.log1p(-d));
  const silent = (1 - d) * Math.exp(-x * misled); // the wrong detector hears nothing
  const wrong = (gain + silent * Math.expm1(-x * (1 - 2 * misled))) / 2;
  return { gain, one, many, dark, wrong, wrong_dark: dark / 2, wrong_light: wrong - dark / 2, qber: gain > 0 ? wrong / gain : NaN };
}
