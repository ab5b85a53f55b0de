// One qubit in closed form: functions of numbers only, the same formulas as in Python. A Bloch vector is [x, y, z].

export const SIX = {
  "0": [0, 0, 1],
  "1": [0, 0, -1],
  "+": [1, 0, 0],
  "-": [-1, 0, 0],
  "+i": [0, 1, 0],
  "-i": [0, -1, 0],
};

export function blochVector(theta_rad, phi_rad) {
  return [Math.sin(theta_rad) * Math.cos(phi_rad), Math.sin(theta_rad) * Math.sin(phi_rad), Math.cos(theta_rad)];
}

// A state by its name or by its two angles.
export function stateVector(state) {
  return SIX[state] ?? blochVector(...state);
}

// A coin that makes |1> so often and |0> otherwise.
export function coinVector(probability_1) {
  return [0, 0, 1 - 2 * probability_1];
}

// How often a measurement along `axis` reads 0.
export function zeroProbability(vector, axis, error_0, error_1) {
  const real = (1 + vector[0] * axis[0] + vector[1] * axis[1] + vector[2] * axis[2]) / 2;
  return real * (1 - error_0) + (1 - real) * error_1;
}
