// Attacks on BB84 with weak pulses in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of the line (length_km, attenuation_db_per_km, insertion_loss_db), of the detectors (efficiency,
// dark_count_rate_hz, gate_s) and misalignment_rad. `eve` is { attack, strength }; mu is the signal's mean photon number.

import { binaryEntropy } from "./theory_entropy.js";

export const DECOY_MEAN = 0.1;
export const NO_KEY_ABOVE = 0.110028;

// The best that Eve can have of a bit, photon by photon and on all together, and what Bob has, at this error rate.
export const bestIndividual = (qber) => 1 - binaryEntropy(0.5 + Math.sqrt(qber * (1 - qber)));
export const bestCollective = (qber) => binaryEntropy(qber);
export const bobsOwn = (qber) => 1 - binaryEntropy(qber);

const poissonOf = (mu) => ({ empty: Math.exp(-mu), one: mu * Math.exp(-mu), more: -Math.expm1(-mu) - mu * Math.exp(-mu) });

// Sum over n >= 2 of P(n) z^(n - 1): what is left of split pulses, each photon with the factor z.
function restSum(mu, z) {
  if (z <= 0) return 0;
  return (Math.exp(-mu) * (Math.expm1(mu * z) - mu * z)) / z;
}

function lineOf(p) {
  const fiber = 10 ** (-(p.attenuation_db_per_km * p.length_km + p.insertion_loss_db) / 10);
  return { fiber, eta: fiber * p.efficiency, dark: -Math.expm1(-p.dark_count_rate_hz * p.gate_s) };
}

// Number splitting that keeps Bob's gain as it was if it can.
export function hiddenSplitting(p, mu, strength) {
  const { fiber, eta } = lineOf(p);
  const { one, more } = poissonOf(mu);
  const singles = (1 - strength) * fiber;
  const missing = -Math.expm1(-eta * mu) - one * singles * p.efficiency;
  const split = more - restSum(mu, 1 - p.efficiency);
  return { singles, split, kept: split > 0 ? Math.min(1, Math.max(0, missing / split)) : 1 };
}

// What becomes of the contrast of a photon in Z and in X: [share of the pulses, contrast in Z, contrast in X] each.
function contrastsOf(p, { attack, strength }) {
  const [c, s] = [Math.cos(2 * p.misalignment_rad), Math.sin(2 * p.misalignment_rad)];
  if (attack === "intercept") return [[1 - strength, c, c], [strength / 2, c, 0], [strength / 2, 0, c]];
  if (attack === "breidbart") return [[1 - strength, c, c], [strength, (c - s) / 2, (c + s) / 2]];
  if (attack === "cloner") return [[1, c * (1 - strength), c * (1 - strength)]];
  return [[1, c, c]];
}

// Gain and error rate of pulses of mean photon number m when Alice's signal has mu.
export function attackedPulses(p, eve, mu, m) {
  const { eta, dark } = lineOf(p);
  const { empty, one, more } = poissonOf(m);
  if (eve.attack === "blinding") return { gain: -Math.expm1(-m * Math.min(1, 2 * eta)) / 2, qber: 0 };
  let seen = (z) => -Math.expm1(-m * eta * z); // P(some photon does what each does with probability eta z)
  if (eve.attack === "splitting") {
    const { singles, kept } = hiddenSplitting(p, mu, eve.strength);
    seen = (z) => one * singles * p.efficiency * z + kept * (more - restSum(m, 1 - p.efficiency * z));
  }
  const click = (light, detectors) => -Math.expm1(detectors * Math.log1p(-dark) + Math.log1p(-light));
  const gain = click(seen(1), 2);
  let wrong = 0;
  for (const [share, ...contrasts] of contrastsOf(p, eve)) {
    for (const contrast of contrasts) {
      const right = click(seen((1 + contrast) / 2), 1);
      const other = click(seen((1 - contrast) / 2), 1);
      wrong += (share / 2) * (gain + other - right) / 2; // a double click is half wrong
    }
  }
  return { gain, qber: gain > 0 ? wrong / gain : 0.5, empty, background: click(0, 2) };
}

// What Eve has of the sifted bits of the signal, in bits per bit.
export function knownToEve(p, eve, mu) {
  if (eve.attack === "none") return 0;
  if (eve.attack === "blinding" || eve.attack === "impostor") return 1;
  const { gain, empty, background } = attackedPulses(p, eve, mu, mu);
  if (eve.attack === "splitting") {
    const { kept, split } = hiddenSplitting(p, mu, eve.strength);
    return ((1 - background) * kept * split) / gain;
  }
  const each = {
    intercept: eve.strength / 2,
    breidbart: eve.strength * (1 - binaryEntropy((1 + Math.SQRT1_2) / 2)),
    cloner: bestIndividual(eve.strength / 2),
  }[eve.attack];
  return (1 - (empty * background) / gain) * each;
}

// Pulses of two photons and more that leave Alice for each click of an honest line's light.
export function multiphotonsPerClick(p, mu) {
  return poissonOf(mu).more / -Math.expm1(-lineOf(p).eta * mu);
}
