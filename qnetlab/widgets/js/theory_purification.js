// Purification in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers of a link, as in theory_pairs.js, and method, schedule; one_qubit_error, two_qubit_error; alice_ and
// bob_ each with error_0 and error_1. A state is 4 x 4 numbers: means of 1, X, Y, Z at alice times 1, X, Y, Z at bob.

import { delaySeconds, heraldSeconds, memoryDecay, storedPair } from "./theory_pairs.js";

// A CNOT, seen from behind it: what the control's Pauli, and nothing or Z of the target, was before, and its sign.
const BEFORE_CNOT = [
  [[0, 0, 1], [1, 1, 1], [2, 1, 1], [3, 0, 1]],
  [[3, 3, 1], [2, 2, -1], [1, 2, 1], [0, 3, 1]],
];
const FOUR = [0, 1, 2, 3];

function grid4(cell) {
  return FOUR.map((i) => [cell(i, 0), cell(i, 1), cell(i, 2), cell(i, 3)]);
}

// What acts on alice's side from the left, and on bob's side alike.
function acted(left, state, right) {
  const times = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  const half = grid4((k, j) => times(state[k], right[j]));
  return grid4((i, j) => left[i][0] * half[0][j] + left[i][1] * half[1][j] + left[i][2] * half[2][j] + left[i][3] * half[3][j]);
}

export function stateFidelity(state) {
  return (state[0][0] + state[1][1] - state[2][2] + state[3][3]) / 4;
}

export function rawState(p) {
  const { correlators: [xx, yy, zz], z_alice, z_bob } = storedPair(p);
  return [[1, 0, 0, z_bob], [0, xx, 0, 0], [0, 0, yy, 0], [z_alice, 0, 0, zz]];
}

// One side's errors, and what its observables were before its CNOT: for each Pauli of the kept qubit whatever is read,
// and the two parts of "what is read". Each is [control, target, factor].
function sideOf(p, who) {
  const [wrong0, wrong1] = [p[`${who}_error_0`], p[`${who}_error_1`]];
  const side = {
    two_qubit: 1 - (4 * p.two_qubit_error) / 3, one_qubit: 1 - 2 * p.one_qubit_error,
    contrast: 1 - wrong0 - wrong1, offset: wrong1 - wrong0,
  };
  const term = (pauli, target, weight) => {
    const [control, other, sign] = BEFORE_CNOT[target][pauli];
    return [control, other, weight * sign * (pauli || target ? side.two_qubit : 1)];
  };
  side.either = FOUR.map((pauli) => term(pauli, 0, 1));
  side.read = FOUR.map((pauli) => [term(pauli, 0, side.offset), term(pauli, 1, side.contrast)]);
  return side;
}

function turnOf({ one_qubit }, way) {
  return [[1, 0, 0, 0], [0, one_qubit, 0, 0], [0, 0, 0, -one_qubit * way], [0, 0, one_qubit * way, 0]];
}

function readyState(p, state, alice, bob) {
  if (p.method === "plain") return state;
  if (p.method === "dejmps") return acted(turnOf(alice, 1), state, turnOf(bob, -1));
  const kept = (4 * stateFidelity(state) - 1) / 3;
  return grid4((i, j) => (i === j ? [1, kept, -kept, kept][i] : 0));
}

function decayMatrix({ relaxed, coherence }) {
  return [[1, 0, 0, 0], [0, coherence, 0, 0], [0, 0, coherence, 0], [relaxed, 0, 0, 1 - relaxed]];
}

// What is kept where the bits agree, and how often they do.
function compareRound(kept, given, alice, bob) {
  const mean = (a, b) => a[2] * b[2] * kept[a[0]][b[0]] * given[a[1]][b[1]];
  const after = grid4((i, j) => {
    const [a0, a1] = alice.read[i];
    const [b0, b1] = bob.read[j];
    return (mean(alice.either[i], bob.either[j]) + mean(a0, b0) + mean(a0, b1) + mean(a1, b0) + mean(a1, b1)) / 2;
  });
  const success = after[0][0];
  return { state: grid4((i, j) => after[i][j] / success), success };
}

// Round after round: the kept pair, the chance of success, and the raw pairs spent so far.
export function purifiedStairs(p, rounds) {
  const raw = rawState(p);
  const [alice, bob] = [sideOf(p, "alice"), sideOf(p, "bob")];
  const wait_s = delaySeconds(p);
  const pumping = p.schedule === "pumping";
  const stairs = [];
  let [now, spent] = [raw, 1];
  for (let round = 0; round < rounds; round++) {
    const { state, success } = compareRound(readyState(p, now, alice, bob), readyState(p, pumping ? raw : now, alice, bob), alice, bob);
    const age_s = heraldSeconds(p) + round * wait_s;
    const decays = ["alice", "bob"].map((who) => decayMatrix(memoryDecay(p, who, wait_s, age_s)));
    now = wait_s > 0 ? acted(decays[0], state, decays[1]) : state;
    spent = (pumping ? spent + 1 : 2 * spent) / success;
    stairs.push({ state: now, success, raw_pairs: spent, fidelity: stateFidelity(now) });
  }
  return stairs;
}

// <XX>, <YY>, <ZZ> of a state as the two readouts report them.
export function readState(p, state) {
  const [a, b] = [sideOf(p, "alice"), sideOf(p, "bob")];
  return [1, 2, 3].map((i) => a.contrast * b.contrast * state[i][i] + a.contrast * b.offset * state[i][0] + a.offset * b.contrast * state[0][i] + a.offset * b.offset);
}
