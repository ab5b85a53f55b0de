// One pair with white noise and dephasing at once, in closed form: functions of numbers only, the same formulas as in
// Python. `p` holds white_noise and dephasing.

export function mixedCorrelators({ white_noise, dephasing }) {
  const v = 1 - white_noise;
  return [v * (1 - 2 * dephasing), -v * (1 - 2 * dephasing), v];
}

// What the pair is good for.
export function promisesOf(p) {
  const [xx, yy, zz] = mixedCorrelators(p);
  const squares = [xx, yy, zz].map((c) => c * c);
  const fidelity = (1 + xx - yy + zz) / 4;
  return {
    fidelity,
    s: Math.SQRT2 * (xx + zz),
    s_max: 2 * Math.sqrt(squares[0] + squares[1] + squares[2] - Math.min(...squares)),
    qber_z: (1 - zz) / 2,
    qber_x: (1 - xx) / 2,
    concurrence: Math.max(0, Math.abs(xx - yy) - (1 - zz), Math.abs(xx + yy) - (1 + zz)) / 2,
    teleportation: (2 * fidelity + 1) / 3,
  };
}
