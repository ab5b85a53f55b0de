// A satellite's pass in closed form, from geometry to a finite key: functions of numbers only, the same formulas as in Python.
//
// `p` holds the numbers by name: altitude_km, culmination_deg, min_elevation_deg, latitude_deg (or null), inclination_deg,
// zenith_transmittance; wavelength_nm, waist_m, divergence_urad (or null), transmitter_diameter_m, receiver_diameter_m,
// pointing_urad, receiver_efficiency; repetition_rate_hz, intensities, probabilities; efficiency, dark_count_rate_hz, gate_s,
// dead_time_s, afterpulse_probability, background_rate_hz; misalignment_error, basis_probability, key_from, eps_sec, eps_cor,
// error_correction, step_s.

import { darkChance } from "./theory_clicks.js";
import { binaryEntropy } from "./theory_entropy.js";
import { oneDecoyBits, pulseClick } from "./theory_key_rate.js";

const EARTH_KM = 6371;
const EARTH_GM = 398600.4418;
const STAR_DAY_S = 86164.0905;
const radians = (degrees) => (degrees * Math.PI) / 180;

export function orbitPeriod(altitude) {
  return 2 * Math.PI * Math.sqrt((EARTH_KM + altitude) ** 3 / EARTH_GM);
}

// Angle at the earth's center between the station and a satellite at this elevation.
export function groundAngle(altitude, elevation) {
  const e = radians(elevation);
  return Math.acos((EARTH_KM * Math.cos(e)) / (EARTH_KM + altitude)) - e;
}

// How fast it crosses the turning ground, as a share of its pace over an earth that stands still.
export function groundPace(p) {
  if (p.latitude_deg === null) return 1;
  const cosine = Math.cos(radians(p.latitude_deg));
  const east = Math.min(1, Math.max(-1, Math.cos(radians(p.inclination_deg)) / cosine));
  return Math.sqrt(1 - east ** 2 + (east - (orbitPeriod(p.altitude_km) / STAR_DAY_S) * cosine) ** 2);
}

export function passSeconds(p) {
  const share = Math.cos(groundAngle(p.altitude_km, p.min_elevation_deg)) / Math.cos(groundAngle(p.altitude_km, p.culmination_deg));
  return (Math.acos(Math.min(1, Math.max(-1, share))) * orbitPeriod(p.altitude_km)) / (Math.PI * groundPace(p));
}

// Distance, elevation, and how far along its track, `t` seconds after the highest point.
export function satelliteAt(p, t) {
  const orbit = EARTH_KM + p.altitude_km;
  const along = (2 * Math.PI * groundPace(p) * t) / orbitPeriod(p.altitude_km);
  const beside = groundAngle(p.altitude_km, p.culmination_deg);
  const half = Math.sin(along / 2) ** 2 * Math.cos(beside) + Math.sin(beside / 2) ** 2;
  const range = Math.sqrt(p.altitude_km ** 2 + 4 * orbit * EARTH_KM * half);
  const sine = (orbit * (1 - 2 * half) - EARTH_KM) / range;
  return { range_km: range, elevation_deg: (Math.asin(Math.min(1, Math.max(-1, sine))) * 180) / Math.PI, along_km: orbit * Math.cos(beside) * Math.sin(along), up_km: range * sine };
}

const inDb = (share) => -10 * Math.log10(share);
const caughtShare = (diameter, squared) => -Math.expm1(-(diameter ** 2) / (2 * squared));

// Radius of the beam after a distance, at 1/e^2.
export function beamRadius(p, range) {
  const angle = p.divergence_urad ?? (2 * p.wavelength_nm * 1e-3) / (Math.PI * p.waist_m);
  return Math.hypot(p.waist_m, ((angle * 1e-3) / 2) * range);
}

// Every loss by name at a distance and an elevation, in dB, on the way down.
export function pathLosses(p, range, elevation) {
  const squared = beamRadius(p, range) ** 2;
  const straight = inDb(caughtShare(p.receiver_diameter_m, squared));
  const missed = inDb(caughtShare(p.receiver_diameter_m, squared + 4 * (p.pointing_urad * 1e-3 * range) ** 2));
  return {
    truncation: inDb(caughtShare(p.transmitter_diameter_m, p.waist_m ** 2)),
    diffraction: straight,
    pointing: missed - straight,
    atmosphere: inDb(p.zenith_transmittance) / Math.sin(radians(elevation)),
    receiver: inDb(p.receiver_efficiency),
  };
}

export function lossOfPath(p, range, elevation) {
  return Object.values(pathLosses(p, range, elevation)).reduce((total, loss) => total + loss, 0);
}

export function lossAtTime(p, t) {
  const { range_km, elevation_deg } = satelliteAt(p, t);
  return lossOfPath(p, range_km, elevation_deg);
}

// Clicks behind a loss: of each intensity, of all, and the share of time in which the detectors are not dead.
export function clicksBehind(p, loss_db) {
  const eta = 10 ** (-loss_db / 10) * p.efficiency;
  const dark = darkChance({ dark_count_rate_hz: p.dark_count_rate_hz + p.background_rate_hz, gate_s: p.gate_s });
  const bare = { background: dark * (2 - dark), misled: p.misalignment_error };
  const all = (line) => p.intensities.map((mu) => pulseClick(mu, eta, line));
  const mean = (kinds) => kinds.reduce((total, { gain }, k) => total + p.probabilities[k] * gain, 0);
  const kinds = all({ ...bare, background: 1 - (1 - bare.background) * (1 - p.afterpulse_probability * mean(all(bare))) });
  const clicks = mean(kinds);
  return { kinds, clicks, live: 1 / (1 + p.repetition_rate_hz * clicks * p.dead_time_s) };
}

export function siftedRate(p, { clicks, live }) {
  return p.repetition_rate_hz * (p.basis_probability ** 2 + (1 - p.basis_probability) ** 2) * clicks * live;
}

// Sifted bits, error rate and secret bits of the whole pass.
export function keyOfPass(p) {
  const seconds = passSeconds(p);
  const steps = Math.max(1, roundHalfEven(seconds / p.step_s));
  const sifted = [0, 0];
  const wrong = [0, 0];
  for (let i = 0; i < steps; i++) {
    const { kinds, live } = clicksBehind(p, lossAtTime(p, seconds * ((i + 0.5) / steps - 0.5)));
    kinds.forEach(({ gain, qber }, k) => {
      const bits = ((p.repetition_rate_hz * seconds) / steps) * p.probabilities[k] * gain * live;
      sifted[k] += bits;
      wrong[k] += bits * qber;
    });
  }
  const z = p.basis_probability;
  const scaled = (counts, by) => counts.map((n) => n * by);
  const bases = [z ** 2, (1 - z) ** 2];
  const key = (mine, other) => {
    const n = mine * (sifted[0] + sifted[1]);
    if (!(n > 0)) return 0;
    const leak = p.error_correction * n * binaryEntropy(Math.min(0.5, (wrong[0] + wrong[1]) / (sifted[0] + sifted[1])));
    return Math.max(0, Math.floor(oneDecoyBits({
      mu: p.intensities, shares: p.probabilities, keySifted: scaled(sifted, mine), testSifted: scaled(sifted, other),
      keyErrors: scaled(wrong, mine), testErrors: scaled(wrong, other), leak, eps_sec: p.eps_sec, eps_cor: p.eps_cor,
    })));
  };
  const total = sifted[0] + sifted[1];
  return {
    seconds, sifted: total * (bases[0] + bases[1]), qber: total > 0 ? (wrong[0] + wrong[1]) / total : 0.5,
    key: key(...bases) + (p.key_from === "both" ? key(bases[1], bases[0]) : 0),
  };
}

// As Python rounds: a half goes to the even neighbor.
function roundHalfEven(x) {
  const down = Math.floor(x);
  if (x - down !== 0.5) return Math.round(x);
  return down % 2 ? down + 1 : down;
}
