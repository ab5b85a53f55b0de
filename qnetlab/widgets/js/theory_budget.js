// What becomes of sifted bits, step by step: a function of numbers only, the same as in Python.

import { binaryEntropy } from "./theory_entropy.js";

export const AUTHENTICATION_BITS = 508;

// `p` holds key_bits, tested_share, qber, error_correction and eps.
export function keyBudget({ key_bits: n, tested_share, qber, error_correction, eps }) {
  const k = (n * tested_share) / (1 - tested_share);
  const fluctuation = Math.sqrt(((n + k) / (n * k)) * ((k + 1) / k) * Math.log(4 / eps));
  const worst = Math.min(qber + fluctuation, 0.5);
  const said = error_correction * n * binaryEntropy(qber) + Math.log2(2 / eps);
  const length = n - said - n * binaryEntropy(worst) - 2 * Math.log2(1 / eps);
  const key = Math.max(length, 0);
  const leaked = Math.min(said, n); // nothing is left after that
  return {
    sifted: n + k, tested: k, leaked, shortened: n - leaked - key, key,
    authenticated: AUTHENTICATION_BITS, gained: key - AUTHENTICATION_BITS,
    missing: Math.max(-length, 0), worst, per_bit: key / n,
    forever: Math.max(1 - (1 + error_correction) * binaryEntropy(qber), 0),
  };
}
