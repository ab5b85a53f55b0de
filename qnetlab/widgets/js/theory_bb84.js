// BB84 with single photons and an intercepting Eve, step by step and in closed form: functions of numbers only.
//
// `p` holds the numbers of the protocol by name: length_km, attenuation_db_per_km, insertion_loss_db, efficiency,
// dark_count_rate_hz, gate_s, misalignment_rad, brightness, basis_probability, fraction, eve_basis. Directions are angles
// on the Bloch sphere, from Z toward X; bit 1 is opposite to bit 0. The steps below are those that the random run takes.

export const BASIS_ANGLE = { Z: 0, X: Math.PI / 2, breidbart: Math.PI / 4 };

// Does the pulse's photon get as far as being seen?
export function seenProbability(p) {
  const loss_db = p.attenuation_db_per_km * p.length_km + p.insertion_loss_db;
  return p.brightness * 10 ** (-loss_db / 10) * p.efficiency;
}

export function darkProbability(p) {
  return -Math.expm1(-p.dark_count_rate_hz * p.gate_s);
}

// What Eve does to a pulse: [basis, how often]; null: she lets it pass.
export function eveChoices(p) {
  const bases = p.eve_basis === "random" ? ["Z", "X"] : [p.eve_basis];
  return [...bases.map((basis) => [basis, p.fraction / bases.length]), [null, 1 - p.fraction]];
}

// Who measures a photon that points along `angle` in a basis reads 0 with this probability.
export function zeroProbability(angle, basis) {
  return (1 + Math.cos(angle - BASIS_ANGLE[basis])) / 2;
}

export function preparedAngle(basis, bit) {
  return BASIS_ANGLE[basis] + bit * Math.PI;
}

// The fiber and the frames of Alice and Bob turn the polarization by misalignment_rad, twice that on the sphere.
export function arrivingAngle(p, angle) {
  return angle + 2 * p.misalignment_rad;
}

// How often a photon of Alice's bit 0 in `alice` is a 0 for Bob in `bob`, over all that Eve does.
function rightProbability(p, alice, bob) {
  let right = 0;
  for (const [basis, often] of eveChoices(p)) {
    const sent = preparedAngle(alice, 0);
    if (basis === null) {
      right += often * zeroProbability(arrivingAngle(p, sent), bob);
      continue;
    }
    const zero = zeroProbability(sent, basis);
    for (const [bit, share] of [[0, zero], [1, 1 - zero]]) {
      right += often * share * zeroProbability(arrivingAngle(p, preparedAngle(basis, bit)), bob);
    }
  }
  return right;
}

// A click of any kind; and a click that counts as the wrong bit, a double click being a coin.
function clickProbability(seen, dark) {
  return seen + (1 - seen) * dark * (2 - dark);
}

function wrongClickProbability(seen, dark, right) {
  const alone = (1 - dark) * (seen * (1 - right) + (1 - seen) * dark);
  return alone + (seen * dark + (1 - seen) * dark * dark) / 2;
}

// Gain, error rates of the sifted bits, sifted share of the clicks, and how often Eve's bit is Alice's. What nothing
// can be counted for is NaN.
export function bb84Rates(p) {
  const [seen, dark] = [seenProbability(p), darkProbability(p)];
  const gain = clickProbability(seen, dark);
  const often = { Z: p.basis_probability ** 2, X: (1 - p.basis_probability) ** 2 };
  const matched = often.Z + often.X;
  const qberOf = (basis) => wrongClickProbability(seen, dark, rightProbability(p, basis, basis)) / gain;
  const [qber_z, qber_x] = [qberOf("Z"), qberOf("X")];
  const empty = (1 - p.brightness) * dark * (2 - dark); // no photon, and yet a click: of that Eve knows nothing
  const guessed = (basis) => eveChoices(p).reduce((sum, [eve, share]) => {
    const one = eve === null ? 0.5 : (1 + Math.abs(Math.cos(BASIS_ANGLE[eve] - BASIS_ANGLE[basis]))) / 2;
    return sum + share * (one * (gain - empty) + empty / 2);
  }, 0) / gain;
  return {
    gain,
    qber_z,
    qber_x,
    qber: (often.Z * qber_z + often.X * qber_x) / matched,
    sifted_fraction: gain > 0 ? matched : NaN,
    eve_guess: (often.Z * guessed("Z") + often.X * guessed("X")) / matched,
  };
}

// The same line if nobody listened.
export function quietRates(p) {
  return bb84Rates({ ...p, fraction: 0 });
}
