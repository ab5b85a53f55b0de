// Counting in closed form, the same formulas as in Python; and a count with as much scatter as a real one.

// The share of photons that a loss lets through.
export function arrivingShare(loss_db) {
  return 10 ** (-loss_db / 10);
}

// Standard deviation of a share that is counted in so many rounds.
export function shareError(probability, rounds) {
  return Math.sqrt((probability * (1 - probability)) / rounds);
}

// The same number for the same photon of the same count, evenly between 0 and 1: a photon that a small loss takes is
// gone at a larger one, too.
export function luckOf(run, photon) {
  let mixed = (Math.imul(run + 1, 0x9e3779b1) ^ Math.imul(photon + 1, 0x85ebca6b)) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad) >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97) >>> 0;
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 4294967296;
}

const EXACT = 2000; // photons; above them a count is drawn from the normal distribution

// How many of so many photons arrive in this count.
export function countedPhotons(run, photons, share) {
  if (photons <= EXACT) {
    let arrived = 0;
    for (let i = 0; i < photons; i++) arrived += luckOf(run, i) < share ? 1 : 0;
    return arrived;
  }
  const [a, b] = [luckOf(run, photons), luckOf(run, photons + 1)];
  const normal = Math.sqrt(-2 * Math.log(1 - a)) * Math.cos(2 * Math.PI * b);
  return Math.min(photons, Math.max(0, Math.round(photons * (share + normal * shareError(share, photons)))));
}
