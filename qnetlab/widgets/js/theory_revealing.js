// What a sample of revealed bits says about Eve: functions of numbers only, the same formulas as in Python.

const MOST_BITS = 10_000_000;

function timesLog(count, share) {
  return count === 0 ? 0 : count * Math.log(share); // -Infinity for a share of 0
}

// Probability of 0, 1, ... errors among `revealed` bits; only the first `most` + 1 of them.
export function errorDistribution(qber, revealed, most = revealed) {
  const found = [];
  let ways = 0; // ln C(n, k)
  for (let k = 0; k <= Math.min(most, revealed); k++) {
    if (k > 0) ways += Math.log((revealed - k + 1) / k);
    found.push(Math.exp(ways + timesLog(k, qber) + timesLog(revealed - k, 1 - qber)));
  }
  return found;
}

// Probability of fewer than `errors` errors.
export function chanceBelow(errors, qber, revealed) {
  if (errors <= 0) return 0;
  return Math.min(1, errorDistribution(qber, revealed, errors - 1).reduce((sum, p) => sum + p, 0));
}

// From how many errors on a line is suspected, if a quiet one may be with `falseAlarm` at most.
export function alarmFrom(quiet, revealed, falseAlarm = 0.01) {
  const each = errorDistribution(quiet, revealed);
  let atLeast = 0;
  let alarm = revealed + 1;
  while (alarm > 1 && atLeast + each[alarm - 1] <= falseAlarm * (1 + 1e-12)) atLeast += each[--alarm];
  return alarm;
}

export function missedProbability(quiet, attacked, revealed, falseAlarm = 0.01) {
  return chanceBelow(alarmFrom(quiet, revealed, falseAlarm), attacked, revealed);
}

// The fewest bits that tell the two lines apart with at most these risks; infinitely many where they make equal errors.
export function bitsToReveal(quiet, attacked, falseAlarm = 0.01, missed = 0.01) {
  let enough = 1;
  for (let alarm = 1; attacked > quiet; alarm++) {
    enough = firstThat(enough, (n) => chanceBelow(alarm, attacked, n) <= missed);
    if (enough > MOST_BITS) return Infinity;
    if (1 - chanceBelow(alarm, quiet, enough) <= falseAlarm) return enough;
  }
  return Infinity;
}

function firstThat(from, holds) {
  let [low, high] = [from, from];
  while (!holds(high)) {
    [low, high] = [high + 1, 2 * high];
    if (high > MOST_BITS) return Infinity;
  }
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
