// Routes through a small network and users who share its links, in closed form: functions of numbers only, the same
// formulas as in Python.
//
// `p` holds the numbers of each link by the names of theory_pairs.js, after edge0_, edge1_, ...; of each node x and y in
// km, as alice_x, alice_y; and aim, policy, alternatives, slot_s. `map` holds nodes (names), edges ({ ends, detour }) and
// requests (pairs of node numbers).

import { binaryEntropy } from "./theory_entropy.js";
import { heraldSeconds, storedPair } from "./theory_pairs.js";
import { linkOf } from "./theory_swapping.js";

// The links, each as long as its way on the map times its detour.
export function networkLinks(p, map) {
  const at = map.nodes.map((name) => [p[`${name.toLowerCase()}_x`], p[`${name.toLowerCase()}_y`]]);
  return map.edges.map(({ ends: [a, b], detour }, k) => {
    const link = { ...linkOf(p, `edge${k}`), length_km: detour * Math.hypot(at[a][0] - at[b][0], at[a][1] - at[b][1]) };
    const loss_db = link.attenuation_db_per_km * link.length_km + link.insertion_loss_db;
    return {
      ...link,
      ends: [a, b],
      chance: 10 ** (-loss_db / 10) * link.alice_write_efficiency * link.bob_write_efficiency,
      attempt_s: Math.max(1 / link.repetition_rate_hz, heraldSeconds(link) / Math.min(link.alice_modes, link.bob_modes)),
    };
  });
}

// Every way from one node to another that visits none twice, as lists of edge numbers, with the nodes on it.
function everyWay(map, start, end, allowed) {
  const found = [];
  const walk = (nodes, edges) => {
    const last = nodes.at(-1);
    if (last === end) return void found.push({ nodes, edges });
    map.edges.forEach(({ ends: [a, b] }, k) => {
      const next = a === last ? b : b === last ? a : -1;
      if (next >= 0 && allowed.has(k) && !nodes.includes(next)) walk([...nodes, next], [...edges, k]);
    });
  };
  walk([start], []);
  return found;
}

// Stations without errors: correlators multiply.
function joinedPair(correlators) {
  const [xx, yy, zz] = [0, 1, 2].map((i) => correlators.reduce((product, seen) => product * seen[i], 1));
  return [xx, yy * (-1) ** (correlators.length - 1), zz];
}

const fidelityOfPair = ([xx, yy, zz]) => (1 + xx - yy + zz) / 4;
const keyOfPair = ([xx, , zz]) => Math.max(0, 1 - binaryEntropy((1 - xx) / 2) - binaryEntropy((1 - zz) / 2));

function valueBy(aim, links, slot_s) {
  const rate = links.reduce((product, link) => product * slotChance(link, slot_s), 1) / slot_s;
  if (aim === "rate") return rate;
  const pair = joinedPair(links.map((link) => slotPair(link, slot_s)));
  return aim === "fidelity" ? fidelityOfPair(pair) : rate * keyOfPair(pair);
}

// The best ways, each without the links of those before; of equals the one with fewer links.
export function bestWays(p, map, links, [start, end]) {
  const allowed = new Set(map.edges.keys());
  const found = [];
  for (let i = 0; i < p.alternatives; i++) {
    const ways = everyWay(map, start, end, allowed)
      .map((way) => ({ ...way, value: valueBy(p.aim, way.edges.map((k) => links[k]), p.slot_s) }))
      .sort((one, other) => one.edges.length - other.edges.length);
    if (!ways.length) break;
    const best = ways.reduce((kept, way) => (way.value > kept.value + 1e-12 * Math.abs(kept.value) ? way : kept));
    found.push(best);
    best.edges.forEach((k) => allowed.delete(k));
  }
  return found;
}

export function attemptsInSlot(link, slot_s) {
  return Math.floor(slot_s / link.attempt_s + 1e-9);
}

// The chance that a link has a pair at the end of a slot.
export function slotChance(link, slot_s) {
  const attempts = attemptsInSlot(link, slot_s);
  if (link.chance >= 1) return attempts ? 1 : 0;
  return -Math.expm1(attempts * Math.log1p(-link.chance));
}

// The mean of exp(-rate x waited) over all times that a pair of a slot may have waited.
function meanDecay(link, attempts, rate) {
  const [q, x] = [1 - link.chance, Math.exp(-rate * link.attempt_s)];
  const whole = link.chance >= 1 ? 1 : -Math.expm1(attempts * Math.log1p(-link.chance));
  if (attempts * Math.abs(x - q) > 1e-3) return (link.chance / whole) * ((x ** attempts - q ** attempts) / (x - q));
  let sum = 0;
  for (let k = 1; k <= attempts; k++) sum += q ** (k - 1) * x ** (attempts - k);
  return (link.chance / whole) * sum;
}

// A link's pair at the end of the slot in which it was made, as correlators.
export function slotPair(link, slot_s) {
  const { correlators: [xx, yy, zz], z_alice: za, z_bob: zb } = storedPair(link);
  const attempts = attemptsInSlot(link, slot_s);
  if (attempts < 1 || link.chance <= 0) return [xx, yy, zz];
  const mean = (rate) => meanDecay(link, attempts, rate);
  const [a, b] = [1 / link.alice_t1_s, 1 / link.bob_t1_s];
  const kept = mean(1 / link.alice_t2_s + 1 / link.bob_t2_s);
  return [kept * xx, kept * yy, 1 + mean(a) * (za - 1) + mean(b) * (zb - 1) + mean(a + b) * (1 + zz - za - zb)];
}

// What each request gets: per second, and the fidelity of it; exact, over all states of the links and all turns.
export function networkShares(p, map) {
  const links = networkLinks(p, map);
  const ways = map.requests.map((ends) => bestWays(p, map, links, ends));
  const used = [...new Set(ways.flat().flatMap((way) => way.edges))];
  const chance = new Map(used.map((k) => [k, slotChance(links[k], p.slot_s)]));
  const turns = p.policy === "in_turn" ? map.requests.length : 1;
  const served = ways.map((found) => found.map(() => 0));
  for (let state = 0; state < 2 ** used.length; state++) {
    const weight = used.reduce((product, k, i) => product * ((state >> i) & 1 ? chance.get(k) : 1 - chance.get(k)), 1);
    if (weight === 0) continue;
    for (let first = 0; first < turns; first++) {
      const free = new Set(used.filter((_, i) => (state >> i) & 1));
      for (let turn = 0; turn < map.requests.length; turn++) {
        const request = (first + turn) % map.requests.length;
        const i = ways[request].findIndex((way) => way.edges.every((k) => free.has(k)));
        if (i < 0) continue;
        served[request][i] += weight / turns;
        ways[request][i].edges.forEach((k) => free.delete(k));
      }
    }
  }
  const shares = ways.map((found, request) => {
    const pairs = found.map((way) => joinedPair(way.edges.map((k) => slotPair(links[k], p.slot_s))));
    const rates = served[request].map((share) => share / p.slot_s);
    const rate = rates.reduce((sum, each) => sum + each, 0);
    const missed = found.reduce((product, way) => product * (1 - way.edges.reduce((all, k) => all * chance.get(k), 1)), 1);
    return {
      ways: found,
      rate,
      fidelity: rate > 0 ? rates.reduce((sum, each, i) => sum + each * fidelityOfPair(pairs[i]), 0) / rate : 0,
      key: rates.reduce((sum, each, i) => sum + each * keyOfPair(pairs[i]), 0),
      alone: (1 - missed) / p.slot_s,
    };
  });
  return { links, shares, chances: links.map((link) => slotChance(link, p.slot_s)) };
}
