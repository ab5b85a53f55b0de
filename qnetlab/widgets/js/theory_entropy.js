// Entropies in bits, as in theory/entropy.py.

// -p log2 p; what rounding leaves below 0 counts as 0.
export function surprise(p) {
  return p > 0 ? -p * Math.log2(p) : 0;
}

export function binaryEntropy(p) {
  return surprise(p) + surprise(1 - p);
}
