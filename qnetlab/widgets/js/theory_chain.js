// A chain of memories in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers by name: length_km, attenuation_db_per_km, insertion_loss_db, group_index; stations, efficiency,
// pair_fidelity, noise, t2_s, decay, preparation_time_s, deadline_s; one_qubit_error, two_qubit_error, error_0, error_1;
// error_correction, direct_rate_hz.

import { binaryEntropy } from "./theory_entropy.js";
import { repeaterlessBits } from "./theory_key_rate.js";
import { delaySeconds, freshCorrelators } from "./theory_pairs.js";

const ROUND_NEVER = 1e-18;

// What waiting leaves on average, for links = 1, 2, ..., most; entry i is for i + 1 links.
export function meanDecays(chance, kappa, most) {
  const [q, logQ, x] = [1 - chance, Math.log1p(-chance), Math.exp(-kappa)];
  const [inner, outer, afterInner, afterOuter, whole] = [[1], [1], [1], [1], []];
  for (let m = 1; m <= most; m++) {
    let [toPair, toEnd, all, first] = [0, 0, 0, chance];
    for (let i = 0; i < m; i++) {
      toPair += first * inner[i] * afterInner[m - 1 - i];
      toEnd += first * inner[i] * afterOuter[m - 1 - i];
      all += first * outer[i] * afterOuter[m - 1 - i];
      first *= q;
    }
    toPair /= -Math.expm1(m * logQ - 2 * kappa);
    toEnd /= -Math.expm1(m * logQ - kappa);
    whole.push(all / -Math.expm1(m * logQ));
    inner.push(x * x * toPair);
    outer.push(x * toEnd);
    afterInner.push(toPair);
    afterOuter.push(toEnd);
  }
  return whole;
}

// Mean attempts until the last of so many links has its pair: one attempt, after which j of m have theirs.
export function longestWait(chance, links) {
  const [q, logQ] = [1 - chance, Math.log1p(-chance)];
  const left = [0];
  for (let m = 1; m <= links; m++) {
    let fewer = 1;
    let weight = chance ** m; // of all m at once; then of one less, and so on
    for (let j = m; j >= 1; j--) {
      fewer += weight * left[m - j];
      weight *= (q / chance) * (j / (m - j + 1));
    }
    left.push(fewer / -Math.expm1(m * logQ));
  }
  return left[links];
}

// The same pair of numbers if a round that takes longer than so many attempts is given up.
export function withDeadline(chance, kappa, links, attempts) {
  const [q, logQ, x] = [1 - chance, Math.log1p(-chance), Math.exp(-kappa)];
  const none = Float64Array.from({ length: links + 1 }, (_, m) => q ** m);
  const first = none.map((waited) => waited * chance);
  // Of each length: between two standing pairs, beside one, beside none; what they are worth, and with the factors to come.
  let worth = [0, 1, 2].map(() => new Float64Array(links + 1).fill(0));
  for (const row of worth) row[0] = 1;
  let tried = 0;
  for (let attempt = 0; attempt < attempts; attempt++) {
    tried += attempt ? -Math.expm1(links * Math.log(-Math.expm1(attempt * logQ))) : 1;
    const [between, beside, alone] = worth;
    const [newBetween, newBeside, newAlone] = [0, 1, 2].map(() => new Float64Array(links + 1));
    newBetween[0] = newBeside[0] = newAlone[0] = 1;
    for (let m = 1; m <= links; m++) {
      let [a, b, c] = [none[m] * x * x * between[m], none[m] * x * beside[m], none[m] * alone[m]];
      for (let i = 0; i < m; i++) {
        const inner = first[i] * (i ? x * x * between[i] : 1);
        a += inner * newBetween[m - 1 - i];
        b += inner * newBeside[m - 1 - i];
        c += first[i] * (i ? x * beside[i] : 1) * newBeside[m - 1 - i];
      }
      newBetween[m] = a;
      newBeside[m] = b;
      newAlone[m] = c;
    }
    worth = [newBetween, newBeside, newAlone];
  }
  const stands = (-Math.expm1(attempts * logQ)) ** links;
  return { attempts: tried / stands, kept: worth[2][links] / stands };
}

// One attempt of one link: its chance, how long it takes, and how long a half waits for its herald.
export function chainAttempt(p) {
  const links = p.stations + 1;
  const half_db = (p.attenuation_db_per_km * p.length_km) / links / 2 + p.insertion_loss_db / 2;
  const herald_s = delaySeconds(p) / links;
  return { links, chance: (p.efficiency * 10 ** (-half_db / 10)) ** 2 / 2, herald_s, step_s: Math.max(p.preparation_time_s, herald_s) };
}

// Mean attempts from pair to pair, and what waiting leaves of what decays. A round with a deadline is counted attempt by
// attempt; with `most`, in at most so many steps of several attempts each, which is right to a few percent only.
export function chainWait(p, most = Infinity) {
  const { links, chance, herald_s, step_s } = chainAttempt(p);
  if (chance === 0) return { attempts: Infinity, kept: p.t2_s < Infinity ? 0 : 1 };
  const heralds = Math.exp((-2 * links * herald_s) / p.t2_s);
  const kappa = step_s / p.t2_s;
  const kept = meanDecays(chance, kappa, links).at(-1);
  const rounds = p.deadline_s < Infinity ? Math.max(1, Math.floor(p.deadline_s / step_s)) : Infinity;
  const late = chance < 1 ? links * Math.exp(rounds * Math.log1p(-chance)) : 0;
  if (late <= ROUND_NEVER * kept) return { attempts: longestWait(chance, links), kept: heralds * kept };
  const stride = Math.max(1, Math.ceil(rounds / most));
  const found = withDeadline(-Math.expm1(stride * Math.log1p(-chance)), stride * kappa, links, Math.max(1, Math.round(rounds / stride)));
  return { attempts: stride * found.attempts, kept: heralds * found.kept };
}

// Everything about a chain.
export function chainKey(p, steps = Infinity) {
  const { chance, step_s } = chainAttempt(p);
  const { attempts, kept } = chainWait(p, steps);
  const links = p.stations + 1;
  const [one, two, contrast] = [1 - 2 * p.one_qubit_error, 1 - (4 * p.two_qubit_error) / 3, 1 - p.error_0 - p.error_1];
  const fresh = freshCorrelators(p);
  const xx = fresh[0] ** links * (contrast * one * two) ** p.stations * kept;
  const yy = fresh[1] ** links * (-(contrast ** 2) * one * two) ** p.stations * kept;
  const zz = fresh[2] ** links * (contrast * two) ** p.stations * (p.decay === "depolarizing" ? kept : 1);
  const [wrong_x, wrong_z] = [(1 - xx) / 2, (1 - zz) / 2];
  const bits_pair = Math.max(0, 1 - binaryEntropy(wrong_x) - p.error_correction * binaryEntropy(wrong_z));
  const pairs_s = 1 / (attempts * step_s);
  return {
    chance, step_s, xx, yy, zz, wrong_x, wrong_z, bits_pair, pairs_s,
    wait_s: attempts * step_s, fidelity: (1 + xx - yy + zz) / 4, bits_s: bits_pair * pairs_s,
  };
}

// What no cable without stations can pass, in bits per second.
export function cableBits(p) {
  return repeaterlessBits(10 ** (-(p.attenuation_db_per_km * p.length_km + p.insertion_loss_db) / 10)) * p.direct_rate_hz;
}

// Key per second for 0, 1, ..., most stations.
export function keyByStations(p, most, steps = Infinity) {
  return Array.from({ length: most + 1 }, (_, stations) => chainKey({ ...p, stations }, steps));
}

// The number of stations with most key; if no number gives a bit in a year, the one with most pairs.
export function bestStations(rows) {
  const of = (name) => rows.reduce((best, row, i) => (row[name] > rows[best][name] ? i : best), 0);
  const found = of("bits_s");
  return rows[found].bits_s > 3e-8 ? found : of("pairs_s");
}
