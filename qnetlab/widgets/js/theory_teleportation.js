// One teleportation in closed form: functions of numbers only, the same formula as in Python.
//
// `p` holds the numbers of the protocol by name: those of the link, in theory_pairs.js, and corrections, one_qubit_error,
// two_qubit_error, alice_error_0, alice_error_1, bob_error_0, bob_error_1. A Bloch vector is [x, y, z].

import { delaySeconds, storedPair } from "./theory_pairs.js";
import { SIX } from "./theory_qubit.js";

const FLIP_X = [1, -1, -1];
const FLIP_Z = [-1, -1, 1];
const PHI_PLUS = [1, -1, 1];
const BITS = [[0, 0], [0, 1], [1, 0], [1, 1]]; // (z, x)

export const CLASSICAL_LIMIT = 2 / 3;

// What Alice's measurement and Bob's corrections do, averaged over her outcomes: two vectors of factors, one on
// message times correlators, one on what Bob's half shows by itself. They do not depend on the fiber.
export function correctionFactors(p) {
  const l1 = 2 * p.one_qubit_error;
  const l2 = (4 * p.two_qubit_error) / 3;
  const read = [
    [1 - p.alice_error_0, p.alice_error_1], // read 0, given 0 and 1
    [p.alice_error_0, 1 - p.alice_error_1], // read 1
  ];
  const usesZ = p.corrections === "both" || p.corrections === "z" ? 1 : 0;
  const usesX = p.corrections === "both" || p.corrections === "x" ? 1 : 0;
  const onMessage = [0, 0, 0];
  const onLocal = [0, 0, 0];
  for (const [tz, tx] of BITS) {
    for (const [rz, rx] of BITS) {
      let weight = 0;
      for (const [mz, mx] of BITS) {
        const same = mx === tx ? 1 : 0;
        const seen = (1 - l2) * ((1 - l1) * same * (mz === tz ? 1 : 0) + (l1 * same) / 2) + l2 / 4;
        weight += seen * read[rz][mz] * read[rx][mx];
      }
      const az = rz * usesZ;
      const ax = rx * usesX;
      const factor = (weight * (1 - l1) ** (az + ax)) / 4;
      for (let i = 0; i < 3; i++) {
        const sign = (az ? FLIP_Z[i] : 1) * (ax ? FLIP_X[i] : 1);
        const outcome = PHI_PLUS[i] * (tz ? FLIP_Z[i] : 1) * (tx ? FLIP_X[i] : 1);
        onMessage[i] += factor * sign * outcome;
        onLocal[i] += factor * sign;
      }
    }
  }
  return { onMessage, onLocal };
}

// Teleportation as a map of the sphere: bob = gain * message + shift, component by component.
export function sphereMap(p, factors = correctionFactors(p)) {
  // Bob waits for the two bits as long as light needs, and not at all for bits that he does not use.
  const pair = storedPair(p, 0, p.corrections === "none" ? 0 : delaySeconds(p));
  return {
    gain: factors.onMessage.map((factor, i) => factor * pair.correlators[i]),
    shift: [0, 0, factors.onLocal[2] * pair.z_bob],
  };
}

export function bobVector(map, message) {
  return message.map((component, i) => map.gain[i] * component + map.shift[i]);
}

// How often Bob's check, with his readout, says "this is the message".
export function messageFidelity(p, map, message) {
  const bob = bobVector(map, message);
  const f = (1 + message[0] * bob[0] + message[1] * bob[1] + message[2] * bob[2]) / 2;
  return f * (1 - p.bob_error_0) + (1 - f) * p.bob_error_1;
}

export function meanFidelity(p, map, messages = Object.values(SIX)) {
  return messages.reduce((sum, message) => sum + messageFidelity(p, map, message), 0) / messages.length;
}
