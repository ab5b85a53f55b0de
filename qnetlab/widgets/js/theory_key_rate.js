// Key rates of weak laser pulses in closed form: functions of numbers only, the same formulas as in Python.
//
// `eta` is the transmittance from the source's output to the click; `line` holds background, the clicks without light of
// both detectors together, and misled, the share of the photons that reach the wrong detector.

import { binaryEntropy } from "./theory_entropy.js";

// Where `curve` is highest, as in theory/search.py: a grid around the best point, finer each time.
export function highestOf(curve, low, high) {
  const points = 9;
  for (let round = 0; round < 12; round++) {
    const step = (high - low) / (points - 1);
    let best = 0;
    let most = -Infinity;
    for (let i = 0; i < points; i++) {
      const found = curve(low + step * i);
      if (found > most) [best, most] = [i, found];
    }
    [low, high] = [low + step * Math.max(best - 1, 0), low + step * Math.min(best + 1, points - 1)];
  }
  return curve((low + high) / 2);
}

// The last x up to `high` where `curve` is above 0; 0 if nowhere, Infinity if still at `high`.
export function lastPositive(curve, high, points) {
  let i = points;
  while (i >= 0 && !(curve((high * i) / points) > 0)) i--;
  if (i < 0) return 0;
  if (i === points) return Infinity;
  let [left, right] = [(high * i) / points, (high * (i + 1)) / points];
  for (let round = 0; round < 200; round++) {
    const middle = (left + right) / 2;
    if (middle === left || middle === right) break;
    if (curve(middle) > 0) left = middle;
    else right = middle;
  }
  return (left + right) / 2;
}

function clickOf(gain, wrong) {
  return { gain, qber: gain === 0 ? 0.5 : wrong / gain };
}

// Gain and error rate of a laser pulse.
export function pulseClick(mu, eta, { background, misled }) {
  const x = eta * mu;
  const logDark = Math.log1p(-background) / 2;
  const wrong = -Math.expm1(logDark - x * misled);
  return clickOf(-Math.expm1(2 * logDark - x), (wrong * (1 + Math.exp(logDark - x * (1 - misled)))) / 2);
}

// Yield and error rate of one photon.
export function photonClick(eta, { background, misled }) {
  const dark = -Math.expm1(Math.log1p(-background) / 2);
  const wrong = dark + (1 - dark) * eta * misled;
  const alone = (1 - dark) * (eta * misled + dark * (1 - eta));
  return clickOf(background + (1 - background) * eta, (wrong + alone) / 2);
}

function bounded(gain, wrong) {
  return { gain: Math.max(gain, 0), qber: gain > 0 ? Math.min(Math.max(wrong / gain, 0), 0.5) : 0.5 };
}

function leastYield(signal, weak, mu, nu, background) {
  const rest = ((mu ** 2 - nu ** 2) / mu ** 2) * background;
  return (mu / (mu * nu - nu ** 2)) * (weak.gain * Math.exp(nu) - (signal.gain * Math.exp(mu) * nu ** 2) / mu ** 2 - rest);
}

// At least the yield and at most the error rate of single photons, by what the decoys tell.
export function singlesKnown(decoys, mu, nu, eta, line) {
  if (decoys === "infinite") return photonClick(eta, line);
  const signal = pulseClick(mu, eta, line);
  const wrongMu = signal.qber * signal.gain * Math.exp(mu);
  if (decoys === "none") {
    const multi = -Math.expm1(-mu) - mu * Math.exp(-mu);
    return bounded(((signal.gain - multi) * Math.exp(mu)) / mu, wrongMu / mu);
  }
  const weak = pulseClick(nu, eta, line);
  const wrongNu = weak.qber * weak.gain * Math.exp(nu);
  if (decoys === "vacuum+weak") {
    return bounded(leastYield(signal, weak, mu, nu, line.background), (wrongNu - line.background / 2) / nu);
  }
  const gain = leastYield(signal, weak, mu, nu, 2 * Math.min(wrongMu, wrongNu));
  return bounded(gain, Math.min(wrongNu / nu, (wrongMu - wrongNu) / (mu - nu)));
}

// Secret bits per pulse of one intensity, if all were sifted; below 0 there is no key.
export function gllpBits(click, single, mu, f) {
  return single.gain * mu * Math.exp(-mu) * (1 - binaryEntropy(single.qber)) - click.gain * f * binaryEntropy(click.qber);
}

// The same, at the best intensity, without decoys.
export function bestWithoutDecoys(eta, line, f) {
  return highestOf((power) => {
    const mu = 10 ** power;
    return gllpBits(pulseClick(mu, eta, line), singlesKnown("none", mu, 0, eta, line), mu, f);
  }, -9, 0);
}

// The most that no repeaterless link can pass, per pulse; `eta` of the channel alone.
export function repeaterlessBits(eta) {
  return -Math.log1p(-eta) / Math.LN2;
}

// Twin fields in their entanglement form, at the best share of bright pulses; `arm` from a party to the click.
export function twinFieldBits(arm) {
  return Math.max(0, highestOf((a) => {
    const once = 1 - (a * arm) / 2;
    const z = (a * (1 - arm / 2)) / once;
    return 2 * a * arm * once * (1 - binaryEntropy(z) - binaryEntropy(z / 2));
  }, 1e-9, 0.5));
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

// Secret bits of one block with one decoy (Rusca 2018). Counts are pairs: of the signal, of the decoy.
export function oneDecoyBits({ mu, shares, keySifted, testSifted, keyErrors, testErrors, leak, eps_sec, eps_cor }) {
  const parts = 19;
  const [mu1, mu2] = mu;
  const eps = eps_sec / parts;
  const tau = (n) => sum(mu.map((m, k) => shares[k] * Math.exp(-m) * m ** n));
  const [tau0, tau1] = [tau(0), tau(1)];
  const luck = (n) => Math.sqrt((n / 2) * Math.log(1 / eps));
  const corrected = (counts) => {
    const delta = luck(sum(counts));
    const weigh = (sign) => counts.map((n, k) => (Math.exp(mu[k]) / shares[k]) * (n + sign * delta));
    return { low: weigh(-1), high: weigh(1) };
  };
  const atLeast = (sifted, errors) => {
    const { low, high } = corrected(sifted);
    const total = sum(sifted);
    const mostEmpty = Math.min(2 * (tau0 * Math.min(...corrected(errors).high) + luck(total)), total);
    const empty = Math.min(Math.max((tau0 * (mu1 * low[1] - mu2 * high[0])) / (mu1 - mu2), 0), total);
    const rest = ((mu1 ** 2 - mu2 ** 2) / mu1 ** 2) * (mostEmpty / tau0);
    const single = ((tau1 * mu1) / (mu2 * (mu1 - mu2))) * (low[1] - (mu2 ** 2 / mu1 ** 2) * high[0] - rest);
    return { empty, single: Math.min(Math.max(single, 0), total - empty) };
  };
  const key = atLeast(keySifted, keyErrors);
  const test = atLeast(testSifted, testErrors);
  const fixed = 6 * Math.log2(parts / eps_sec) + Math.log2(2 / eps_cor);
  let phase = 0.5;
  if (key.single > 0 && test.single > 0) {
    const { low, high } = corrected(testErrors);
    const [n, k] = [key.single, test.single];
    const rate = Math.min(Math.max((tau1 * (high[0] - low[1])) / (mu1 - mu2) / k, 0), 0.5);
    const spread = Math.max(rate * (1 - rate), 1 / (n + k) ** 2);
    const logarithm = Math.log2(((n + k) / (n * k * spread)) * (parts / eps_sec) ** 2);
    phase = Math.min(rate + Math.sqrt((((n + k) / (n * k)) * spread * Math.max(logarithm, 0)) / Math.LN2), 0.5);
  }
  return key.empty + key.single * (1 - binaryEntropy(phase)) - leak - fixed;
}
