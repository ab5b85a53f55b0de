// Trusted relays in closed form: functions of numbers only, the same formulas as in Python.
//
// `p` holds length_km, spacing_km, long_hop_km, paths, corrupt_probability, corrupt_first and corrupt_second.

import { gllpBits, pulseClick, repeaterlessBits, singlesKnown } from "./theory_key_rate.js";

// The hardware of one hop, as in theory/trusted_relays.py.
const HOP_CLOCK = 6.25e8;
const HOP_INTENSITY = 0.48;
const HOP_SEEN = 0.1;
const HOP_LINE = { background: 2e-6, misled: 0.01 };
const HOP_LOSS = 0.2;
const HOP_CORRECTION = 1.16;

const passing = (km) => 10 ** ((-HOP_LOSS * km) / 10);

// Secret bits per second of one fiber; 0 where there is no key.
export function hopRate(km) {
  const eta = HOP_SEEN * passing(km);
  const single = singlesKnown("infinite", HOP_INTENSITY, 0, eta, HOP_LINE);
  const bits = gllpBits(pulseClick(HOP_INTENSITY, eta, HOP_LINE), single, HOP_INTENSITY, HOP_CORRECTION);
  return (HOP_CLOCK * Math.max(bits, 0)) / 2; // half of the clicks are in the same basis
}

// What no fiber without a station in the middle can pass at this clock.
export function fiberBound(km) {
  return HOP_CLOCK * repeaterlessBits(passing(km));
}

export function hopsOf({ length_km, spacing_km }) {
  return Math.ceil(length_km / spacing_km - 1e-9);
}

// One of `relays` is enough on every path.
export function leakOf(corrupt, relays, paths) {
  return (-Math.expm1(relays * Math.log1p(-corrupt))) ** paths;
}

export function relayLine(p) {
  const hops = hopsOf(p);
  const relays = hops - 1;
  const longest_km = Math.min(p.length_km, Math.max(p.spacing_km, p.long_hop_km));
  const corrupt = [p.corrupt_first, p.corrupt_second].slice(0, p.paths);
  return {
    hops, longest_km, relays: relays * p.paths, rate_bps: hopRate(longest_km), direct_bps: hopRate(p.length_km),
    bound_bps: fiberBound(p.length_km), spent: hops * p.paths, knowing: p.paths === 1 ? relays : 0,
    leak: leakOf(p.corrupt_probability, relays, p.paths), eve: corrupt.every((relay) => relay > 0) ? 1 : 0,
  };
}
