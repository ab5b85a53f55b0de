// What a sample of revealed bits says about Eve: functions of numbers only, the same formulas as in Python.

const MOST_BITS = 1_000_000;

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

// The fewest bits that tell the two lines apart with at most these risks; Infinity where a million would not do.
export function bitsToReveal(quiet, attacked, falseAlarm = 0.01, missed = 0.01) {
  if (!(attacked > quiet)) return Infinity;
  const walks = [quiet, attacked].map((rate) => {
    const qber = Math.min(rate, 1 - 1e-15); // a certain error would divide by 0 below
    return { qber, last: 1 - qber, below: 1 - qber }; // last: P(errors = alarm - 1), below: P(errors < alarm)
  });
  let [bits, alarm] = [1, 1];
  for (;;) {
    while (walks[1].below > missed) {
      if (bits === MOST_BITS) return Infinity;
      bits += 1;
      for (const walk of walks) {
        walk.below -= walk.qber * walk.last;
        walk.last *= ((1 - walk.qber) * bits) / (bits - alarm + 1);
      }
    }
    if (1 - walks[0].below <= falseAlarm) return bits;
    for (const walk of walks) {
      walk.last *= (((bits - alarm + 1) / alarm) * walk.qber) / (1 - walk.qber);
      walk.below += walk.last;
    }
    alarm += 1;
  }
}
