// A whole link with one decoy: what it is expected to show, and what key that leaves. The same formulas as in Python.
//
// `p` holds the numbers by name: length_km, attenuation_db_per_km, insertion_loss_db; efficiency, dark_count_rate_hz, gate_s,
// dead_time_s, afterpulse_probability; repetition_rate_hz, intensities, probabilities, mu; misalignment_error,
// basis_probability, block_bits, eps_sec, eps_cor, error_correction.

import { darkChance, lineTransmittance } from "./theory_clicks.js";
import { binaryEntropy } from "./theory_entropy.js";
import { bestWithoutDecoys, gllpBits, lastPositive, oneDecoyBits, pulseClick, repeaterlessBits, singlesKnown, twinFieldBits } from "./theory_key_rate.js";

const FURTHEST_DB = 300;

// The signal's intensity is set; the decoy keeps its share of it.
export function setupIntensities(p) {
  const [signal, weak] = p.intensities;
  return p.mu === signal ? [signal, weak] : [p.mu, (p.mu * weak) / signal];
}

// Clicks per pulse of each intensity, of all, and the line with its afterpulses as background.
export function setupClicks(p) {
  const eta = lineTransmittance(p) * p.efficiency;
  const mu = setupIntensities(p);
  const dark = darkChance(p);
  const bare = { background: dark * (2 - dark), misled: p.misalignment_error };
  const mean = (line) => mu.reduce((total, m, k) => total + p.probabilities[k] * pulseClick(m, eta, line).gain, 0);
  const line = { ...bare, background: 1 - (1 - bare.background) * (1 - p.afterpulse_probability * mean(bare)) };
  const kinds = mu.map((m) => pulseClick(m, eta, line));
  const clicks = kinds.reduce((total, kind, k) => total + p.probabilities[k] * kind.gain, 0);
  return { eta, mu, line, kinds, clicks, live: 1 / (1 + p.repetition_rate_hz * clicks * p.dead_time_s) };
}

// Secret bits per pulse sent, pulses per block, and the error rate of the bits that become key.
export function setupKey(p) {
  const { eta, mu, line, kinds, clicks, live } = setupClicks(p);
  const z = p.basis_probability;
  const both = z ** 2 + (1 - z) ** 2;
  const f = p.error_correction;
  if (!Number.isFinite(p.block_bits)) {
    const single = singlesKnown("one", ...mu, eta, line);
    const parts = kinds.map((kind, k) => p.probabilities[k] * gllpBits(kind, single, mu[k], f));
    const kept = parts.filter((part) => part > 0).reduce((total, part) => total + part, 0);
    return { key: both * (kept > 0 ? kept : Math.max(...parts)), pulses: Infinity, qber: kinds[0].qber, clicks, live };
  }
  const n = p.block_bits;
  const split = kinds.map((kind, k) => (clicks > 0 ? (p.probabilities[k] * kind.gain) / clicks : 0));
  const qber = clicks > 0 ? split.reduce((total, share, k) => total + share * kinds[k].qber, 0) : 0.5;
  const test = ((1 - z) / z) ** 2;
  const counts = (size, wrong) => split.map((share, k) => size * share * (wrong ? kinds[k].qber : 1));
  const length = oneDecoyBits({
    mu, shares: p.probabilities, keySifted: counts(n, false), testSifted: counts(n * test, false),
    keyErrors: counts(n, true), testErrors: counts(n * test, true), leak: n * f * binaryEntropy(qber),
    eps_sec: p.eps_sec, eps_cor: p.eps_cor,
  });
  const pulses = n / (z ** 2 * (clicks > 0 ? clicks : 1e-300));
  return { key: length / pulses, pulses, qber, clicks, live };
}

// The same signal if nobody had to learn anything from decoys that are sent: bits per pulse, without end.
export function endlessKey(p, decoys) {
  const { eta, mu, line, kinds } = setupClicks(p);
  const z = p.basis_probability;
  return (z ** 2 + (1 - z) ** 2) * gllpBits(kinds[0], singlesKnown(decoys, ...mu, eta, line), mu[0], p.error_correction);
}

// Without decoys, at the intensity that is best for each length.
export function undecoyedKey(p) {
  const { eta, line } = setupClicks(p);
  const z = p.basis_probability;
  return (z ** 2 + (1 - z) ** 2) * bestWithoutDecoys(eta, line, p.error_correction);
}

// What no repeaterless link can pass, and twin fields without dark counts.
export function beyondKey(p) {
  const channel = lineTransmittance(p);
  return { bound: repeaterlessBits(channel), twin: twinFieldBits(Math.sqrt(channel) * p.efficiency) };
}

// The longest fiber of this kind that leaves a key, in km.
export function setupReach(p, key) {
  if (p.attenuation_db_per_km === 0) return key(p) > 0 ? Infinity : 0;
  return lastPositive((length_km) => key({ ...p, length_km }), FURTHEST_DB / p.attenuation_db_per_km, 1200);
}
