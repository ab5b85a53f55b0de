// The repeater explorer: when does a chain of memories beat a cable?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, shown } from "./numbers.js";
import { bestStations, cableBits, chainKey, keyByStations } from "./theory_chain.js";

const KM_SAMPLES = 60;
const CLIFF_HALVINGS = 10;
const WORTH_SAYING = 1e-3; // bits per second
const HASTY = [0.3, 0.1, 0.03, 0.01]; // deadlines to try, in units of T2
// A round's attempts are counted one by one where the reader is; along a curve in fewer steps, the fewer the more links.
const stepsOf = (links) => Math.min(1000, Math.max(150, 1e5 / links ** 2));

// "16.7 /s", "3.2 k/s", or "one in 5 minutes".
export function perSecond(rate) {
  if (!(rate > 0)) return "none";
  if (rate < 0.1) return 1 / rate < 3.15e13 ? `1 in ${duration(1 / rate)}` : "never";
  const [size, prefix] = [[1e9, "G"], [1e6, "M"], [1e3, "k"]].find(([least]) => rate >= least * 0.9995) ?? [1, ""];
  return `${Number((rate / size).toPrecision(3))} ${prefix}/s`;
}

const share = (x) => `${(100 * x).toFixed(1)} %`;
const endless = (p) => ({ ...p, deadline_s: Infinity });

// Everything that is written, for one setting.
export function repeaterReadings(p, most) {
  const here = chainKey(p);
  const rows = keyByStations(p, most, stepsOf(most));
  if (p.stations <= most) rows[p.stations] = here;
  const best = bestStations(rows);
  return { ...here, rows, best, best_bits_s: rows[best].bits_s, cable: cableBits(p), patient: chainKey(endless(p)) };
}

function hastyDeadline(p) {
  const tried = HASTY.map((part) => ({ ...p, deadline_s: part * p.t2_s })).filter((there) => there.deadline_s < p.deadline_s);
  return tried.map((there) => ({ deadline_s: there.deadline_s, ...chainKey(there, stepsOf(p.stations)) })).reduce((a, b) => (b.bits_s > (a?.bits_s ?? WORTH_SAYING) ? b : a), null);
}

const stationsText = (count) => (count === 0 ? "no station" : count === 1 ? "1 station" : `${count} stations`);

export function repeaterSentence(p, seen) {
  const { patient } = seen;
  if (!(seen.bits_s > 0)) {
    const much = Math.max(seen.wrong_x, seen.wrong_z);
    const why = `${share(much)} of the bits in ${seen.wrong_x >= seen.wrong_z ? "X" : "Z"} are wrong`;
    const first = `Pairs keep coming, ${perSecond(seen.pairs_s)}, and none of them is worth any key: ${why}.`;
    const hasty = p.stations > 0 && p.t2_s < Infinity ? hastyDeadline(p) : null;
    if (hasty) return `${first} Throw old pairs away: give up after ${shown(hasty.deadline_s, "si", "s")}, and there is a key.`;
    if (seen.best_bits_s > 0) return `${first} With ${stationsText(seen.best)} there would be a key.`;
    return `${first} Better pairs or memories are needed, not more of them.`;
  }
  if (seen.bits_s > patient.bits_s * 1.005) {
    const was = patient.bits_s > 0 ? `raises the key from ${perSecond(patient.bits_s)}` : "makes a key where there was none";
    return `Throwing old pairs away takes the rate from ${perSecond(patient.pairs_s)} to ${perSecond(seen.pairs_s)}, and ${was}.`;
  }
  if (seen.bits_s < patient.bits_s * 0.995) return `Too hasty: without giving up there would be ${perSecond(patient.bits_s)} of key, for the pairs do not get too old here.`;
  const against = seen.bits_s > seen.cable
    ? `Here the chain beats every cable, by a factor of ${Number((seen.bits_s / seen.cable).toPrecision(2))}.`
    : `Here a cable may still be better, by up to a factor of ${Number((seen.cable / seen.bits_s).toPrecision(2))}.`;
  if (seen.best === p.stations) return `${against} Fewer stations lose more light; each further one costs more than it brings.`;
  return `${against} ${seen.best > p.stations ? "More" : "Fewer"} stations would help: ${stationsText(seen.best)} bring ${perSecond(seen.best_bits_s)}.`;
}

// Points along a curve; where it falls to nothing a few more, ever closer: the end is steep.
function steepLine(curve, [low, high]) {
  const points = [];
  for (let i = 0; i <= KM_SAMPLES; i++) {
    const x = low + ((high - low) * i) / KM_SAMPLES;
    const value = curve(x);
    if (points.length && points.at(-1)[1] > 0 && !(value > 0)) {
      let [left, right] = [points.at(-1)[0], x];
      for (let step = 0; step < CLIFF_HALVINGS; step++) {
        const middle = (left + right) / 2;
        const there = curve(middle);
        if (there > 0) points.push([(left = middle), there]);
        else right = middle;
      }
    }
    points.push([x, value]);
  }
  return points;
}

const REPEATER_NUMBERS = [
  ["bits", "Secret key"],
  ["wrong_x", "Wrong in X"],
  ["pairs", "Pairs"],
  ["wrong_z", "Wrong in Z"],
  ["fidelity", "Their fidelity"],
  ["best", "Best here"],
];

function scene(config) {
  const [low, high] = config.chart.x_range;
  const x_ticks = high - low > 600 ? [low, 250, 500, 750, high].filter((km) => km >= low) : undefined;
  const charts = {
    rates: makeChart(config.chart, 196),
    fidelity: makeChart({ ...config.fidelity_chart, x_ticks }, 150),
    stations: makeChart(config.stations_chart, 150),
  };
  const outputs = Object.fromEntries(REPEATER_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["line", "two"], ["line", "three"], ["line", "five"], ["here", ""]]);
  const node = html("div", { class: "qnl-figures qnl-repeater" },
    html("dl", { class: "qnl-numbers qnl-rates" }, ...REPEATER_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]])),
    charts.rates.node, html("div", { class: "qnl-beside" }, charts.fidelity.node, charts.stations.node), legend.node);

  function draw({ parameters: p }) {
    const most = config.stations_chart.x_range[1];
    const seen = repeaterReadings(p, most);

    say(outputs.bits, perSecond(seen.bits_s));
    say(outputs.pairs, perSecond(seen.pairs_s));
    say(outputs.fidelity, seen.fidelity.toFixed(4));
    say(outputs.wrong_x, share(seen.wrong_x));
    say(outputs.wrong_z, share(seen.wrong_z));
    say(outputs.best, seen.best_bits_s > 0 ? stationsText(seen.best) : "no key");

    const range = [Math.min(low, p.length_km), Math.max(high, p.length_km)];
    const kept = new Map();
    const at = (length_km) => kept.get(length_km) ?? kept.set(length_km, length_km === p.length_km ? seen : chainKey({ ...p, length_km }, stepsOf(p.stations))).get(length_km);
    const hasty = p.deadline_s < Infinity;
    const key = steepLine((km) => at(km).bits_s, range);
    const lines = [
      { kind: "five", points: steepLine((length_km) => cableBits({ ...p, length_km }), range) },
      { kind: "three", points: steepLine((length_km) => chainKey({ ...p, length_km, stations: 0 }).bits_s, range) },
      ...(hasty ? [{ kind: "two", points: steepLine((length_km) => chainKey(endless({ ...p, length_km })).bits_s, range) }] : []),
      { kind: "mean", points: steepLine((km) => at(km).pairs_s, range) },
      { kind: "one", points: key },
    ];
    const ends = key.findLast(([, value]) => value > 0)?.[0];
    const reach = ends === undefined ? "No key at any distance." : ends >= range[1] ? "The key goes on to the end." : `The key ends at ${Math.round(ends)} km, the pairs go on.`;
    charts.rates.draw(`Per second, logarithmic: ${perSecond(seen.bits_s)} of key and ${perSecond(seen.pairs_s)} of pairs at ${shown(p.length_km)} km; a cable at most ${perSecond(seen.cable)}. ${reach}`,
      { range, lines, here: { x: p.length_km, y: seen.bits_s } });
    charts.fidelity.draw(`Fidelity ${seen.fidelity.toFixed(3)} at ${shown(p.length_km)} km.`, {
      range, here: { x: p.length_km, y: seen.fidelity },
      lines: [{ kind: "one", points: [...kept].sort(([a], [b]) => a - b).map(([km, there]) => [km, there.fidelity]) }],
    });
    const counted = (name) => seen.rows.map((row, stations) => [stations, row[name]]);
    charts.stations.draw(`Against the number of stations on ${shown(p.length_km)} km: ${seen.best_bits_s > 0 ? `most key, ${perSecond(seen.best_bits_s)}, with ${stationsText(seen.best)}` : "no key with any"}.`, {
      range: config.stations_chart.x_range, here: { x: p.stations, y: seen.bits_s },
      lines: [{ kind: "mean", points: counted("pairs_s") }, { kind: "one", points: counted("bits_s") }],
    });
    legend.draw(["secret bits", "pairs", hasty ? "bits, nothing given up" : null, "bits, no station", `no cable passes, ${shown(p.direct_rate_hz, "si", "Hz")}`, "this setting"], false);
    return repeaterSentence(p, seen);
  }

  return { node, draw, close: () => Object.values(charts).forEach((chart) => chart.close()) };
}

export default makeExplorer(scene);
