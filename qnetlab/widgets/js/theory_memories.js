// A qubit in a memory, in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds wait_s, state, and of the memory, after memory_, what theory_pairs.js needs, write_efficiency, read_efficiency,
// retrieval_lifetime_s, and error_0 and error_1 of its readout.

import { memoryDecay } from "./theory_pairs.js";
import { SIX, stateVector } from "./theory_qubit.js";

export function returnedShare(p, wait_s = p.wait_s) {
  return p.memory_write_efficiency * p.memory_read_efficiency * Math.exp(-wait_s / p.memory_retrieval_lifetime_s);
}

export function storedFidelity(p, wait_s = p.wait_s) {
  const { relaxed, coherence } = memoryDecay(p, "memory", wait_s);
  const passed = ([x, y, z]) => (1 + coherence * (x * x + y * y) + z * ((1 - relaxed) * z + relaxed)) / 2;
  const states = p.state === "average" ? Object.values(SIX) : [stateVector(p.state)];
  const mean = states.reduce((sum, state) => sum + passed(state), 0) / states.length;
  return mean * (1 - (p.memory_error_0 ?? 0)) + (1 - mean) * (p.memory_error_1 ?? 0);
}

export function leftCoherence(p, wait_s = p.wait_s) {
  return memoryDecay(p, "memory", wait_s).coherence;
}
