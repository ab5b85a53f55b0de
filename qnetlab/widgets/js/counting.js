// The counting explorer: what is left, and how sure is that?

import { makeChart, makeLegend } from "./chart.js";
import { html, picture, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { shown } from "./numbers.js";
import { arrivingShare, countedPhotons, luckOf, shareError } from "./theory_counting.js";

const SAMPLES = 80;
const DOTS = 1000;
const REPEATS = 24;
const DB_PER_KM = 0.2;
const FIELD_HEIGHT = 172;
const STRIP_HEIGHT = 168;

// A share with enough digits to see its error.
function shareText(share, error) {
  const digits = error > 0 ? Math.min(7, Math.max(2, 1 - Math.floor(Math.log10(error)))) : 4;
  return share.toFixed(digits);
}

// The numbers of one setting.
function readings(state, p) {
  const arriving = arrivingShare(p.loss_db);
  return {
    arriving,
    after_3db: arrivingShare(p.loss_db + 3),
    std_error: shareError(arriving, p.photons),
    std_error_100: shareError(arriving, 100 * p.photons),
    counted: countedPhotons(state.run, p.photons, arriving),
  };
}

function sentenceFor(p, seen) {
  const share = shareText(seen.counted / p.photons, seen.std_error);
  const count = `${seen.counted} of ${p.photons} photons arrive in this count: ${share} ± ${shareText(seen.std_error, seen.std_error)}.`;
  if (p.loss_db === 0) return `${count} Nothing is lost, and nothing scatters.`;
  if (p.photons * seen.arriving < 3) return `${count} So few arrive that the count says little: send more photons.`;
  return `${count} 3 dB more would halve that, wherever you start; 100 times the photons would make it only 10 times surer.`;
}

// One dot per photon; those that arrived are filled.
function field(width, { dots, run, share }) {
  const columns = Math.max(1, Math.ceil(Math.sqrt((dots * width) / FIELD_HEIGHT)));
  const pitch = Math.min(width / columns, FIELD_HEIGHT / Math.ceil(dots / columns), 26);
  const paths = { arrived: "", lost: "" };
  for (let i = 0; i < dots; i++) {
    const [x, y] = [pitch * ((i % columns) + 0.5), pitch * (Math.floor(i / columns) + 0.5)];
    paths[luckOf(run, i) < share ? "arrived" : "lost"] += `M${x.toFixed(1)} ${y.toFixed(1)}h0`;
  }
  const dot = (kind, size) => svg("path", { d: paths[kind], class: `qnl-photon qnl-${kind}`, "stroke-width": (pitch * size).toFixed(2) });
  return [dot("lost", 0.28), dot("arrived", 0.72)];
}

// The same count over and over, on a scale from 0 to twice the true share; the bar is one standard error wide each way.
function strip(width, { share, error, now, repeats }) {
  const [left, right, floor] = [14, width - 14, STRIP_HEIGHT - 36];
  const place = (value) => left + (Math.min(Math.max(value / share, -0.02), 2.02) / 2) * (right - left);
  const middle = floor - 20;
  const [low, high] = [place(now - error), place(now + error)];
  const line = (x1, x2, y1, y2, kind) => svg("line", { x1, x2, y1, y2, class: kind });
  return [
    line(left, right, floor, floor, "qnl-sphere"),
    ...[0, 1, 2].flatMap((times) => [
      line(place(times * share), place(times * share), floor, floor + 5, "qnl-sphere"),
      svgText(place(times * share), floor + 18, times ? Number((times * share).toPrecision(3)) : "0", { "text-anchor": ["start", "middle", "end"][times] }),
    ]),
    svgText((left + right) / 2, STRIP_HEIGHT - 4, "share that is counted", { "text-anchor": "middle" }),
    line(place(share), place(share), 8, floor, "qnl-limit"),
    ...repeats.map((value, i) => svg("circle", { cx: place(value), cy: 14 + ((middle - 28) * i) / REPEATS, r: 3, class: "qnl-again" })),
    ...[[low, high, middle, middle], [low, low, middle - 7, middle + 7], [high, high, middle - 7, middle + 7]].map(([x1, x2, y1, y2]) => line(x1, x2, y1, y2, "qnl-counted")),
    svg("circle", { cx: place(now), cy: middle, r: 5, class: "qnl-counted" }),
  ];
}

const COUNTING_NUMBERS = [
  ["arriving", "Share that arrives"],
  ["after_3db", "With 3 dB more"],
  ["as_fiber", "Fiber at 0.2 dB/km"],
  ["counted", "Counted now"],
  ["std_error", "Standard error"],
  ["std_error_100", "At 100 x the photons"],
];

function scene(config) {
  const photons = picture("The photons", FIELD_HEIGHT, [field]);
  const counts = picture("The count, and 24 more like it", STRIP_HEIGHT, [strip]);
  const chart = makeChart(config.chart, STRIP_HEIGHT);
  const caption = html("figcaption");
  const outputs = Object.fromEntries(COUNTING_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    html("div", { class: "qnl-photons" },
      html("figure", {}, photons.node, caption),
      html("dl", { class: "qnl-numbers" }, ...COUNTING_NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]))),
    html("div", { class: "qnl-beside" },
      html("div", {}, html("p", { class: "qnl-note" }, "What each dB leaves"), chart.node, legend.node),
      html("div", {}, html("p", { class: "qnl-note" }, "Filled: this count, with its error bar. Hollow: 24 more"), counts.node)));

  function draw({ state, parameters: p }) {
    const seen = readings(state, p);
    const dots = Math.min(p.photons, DOTS);
    const each = p.photons / dots;
    photons.draw(`${seen.counted} of ${p.photons} photons arrive.`, { dots, run: state.run, share: seen.arriving });
    say(caption, each === 1 ? `Each dot a photon: ${p.photons} were sent` : `Each dot stands for ${each} photons`);

    say(outputs.arriving, seen.arriving.toFixed(5));
    say(outputs.after_3db, seen.after_3db.toFixed(5));
    say(outputs.as_fiber, `${shown(p.loss_db / DB_PER_KM)} km`);
    say(outputs.counted, `${seen.counted} of ${p.photons}`);
    say(outputs.std_error, seen.std_error.toFixed(6));
    say(outputs.std_error_100, seen.std_error_100.toFixed(6));

    const repeats = Array.from({ length: REPEATS }, (_, i) => countedPhotons(100 + i + REPEATS * state.run, p.photons, seen.arriving) / p.photons);
    counts.draw(`This count: ${shareText(seen.counted / p.photons, seen.std_error)}, true share ${seen.arriving.toPrecision(3)}, standard error ${seen.std_error.toPrecision(2)}.`,
      { share: seen.arriving, error: seen.std_error, now: seen.counted / p.photons, repeats });

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.loss_db), Math.max(high, p.loss_db)];
    const points = Array.from({ length: SAMPLES + 1 }, (_, i) => {
      const loss = range[0] + ((range[1] - range[0]) * i) / SAMPLES;
      return [loss, arrivingShare(loss)];
    });
    const steps = [3, 6, 9].map((more) => p.loss_db + more).filter((loss) => loss <= range[1]);
    chart.draw(`At ${shown(p.loss_db)} dB a share of ${seen.arriving.toPrecision(3)} arrives, at 3 dB more ${seen.after_3db.toPrecision(3)}.`, {
      range, lines: [{ kind: "one", points }], here: { x: p.loss_db, y: seen.arriving },
      measured: steps.map((loss) => ({ x: loss, y: arrivingShare(loss), std_error: 0 })),
    });
    legend.draw(["closed form", "here", "3 dB more"]);
    return sentenceFor(p, seen);
  }

  return { node, draw, close: () => [photons, counts, chart].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
