// Three copiers in closed form, the same formulas as in Python.
//
// `p` holds the numbers of the protocol by name: copier, one_qubit_error, two_qubit_error, and the readout errors of
// alice, bob and charlie.

import { SIX, zeroProbability } from "./theory_qubit.js";

export const COPIERS = ["cnot", "universal", "measure_and_resend"];
export const CLONING_LIMIT = 5 / 6;

// The Bloch vectors of Bob's and Charlie's copy.
export function copyVectors(p, [x, y, z]) {
  const kept1 = 1 - 2 * p.one_qubit_error;
  const kept2 = 1 - (4 * p.two_qubit_error) / 3;
  if (p.copier === "universal") {
    const [a, b] = [(kept1 * 2) / 3, (1 + kept1 / 3) / 2];
    return [
      [kept2 ** 5 * a * x, kept2 ** 5 * a * y, kept2 ** 5 * b * z],
      [kept2 ** 4 * a * x, kept2 ** 4 * a * y, kept2 ** 3 * b * z],
    ];
  }
  if (p.copier === "cnot") return [[0, 0, kept2 * z], [0, 0, kept2 * z]];
  const read0 = zeroProbability([x, y, z], SIX["0"], p.alice_error_0, p.alice_error_1);
  const resent = [0, 0, read0 - (1 - read0) * kept1];
  return [resent, resent];
}

// How often Bob's and Charlie's copy pass as the original.
export function copyFidelities(p, original) {
  const [bob, charlie] = copyVectors(p, original);
  return [
    zeroProbability(bob, original, p.bob_error_0, p.bob_error_1),
    zeroProbability(charlie, original, p.charlie_error_0, p.charlie_error_1),
  ];
}

export function copyFidelity(p, original) {
  const [bob, charlie] = copyFidelities(p, original);
  return (bob + charlie) / 2;
}

// The mean over the whole sphere, which six states have as well.
export function meanCopyFidelity(p) {
  return Object.values(SIX).reduce((sum, state) => sum + copyFidelity(p, state), 0) / 6;
}
