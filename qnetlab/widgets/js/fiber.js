// The fiber explorer: when does the next photon come, and what is a click?

import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { makeJourney, makeRuler, makeStack, waitText } from "./fiber_pictures.js";
import { shown } from "./numbers.js";
import { clickShares, lineLossDb, lineTransmittance, photonWaitSeconds } from "./theory_clicks.js";

const SAMPLES = 120;
const HALF = 0.5;

// A share in digits that say something: 8.96 %, 0.012 %, 3.1e-7 %.
function percent(share) {
  if (!Number.isFinite(share)) return "–";
  if (share === 0) return "0 %";
  const digits = share * 100;
  return `${digits >= 0.001 ? Number(digits.toPrecision(3)) : digits.toExponential(1)} %`;
}

// A share with its error, as many digits as the error has to say.
function sampledText({ y, std_error }) {
  const decimals = Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(std_error * 100))));
  return `${(y * 100).toFixed(decimals)} ± ${(std_error * 100).toFixed(decimals)} %`;
}

function readings(p) {
  return { ...clickShares(p), arrive: lineTransmittance(p), loss_db: lineLossDb(p), wait_s: photonWaitSeconds(p) };
}

function sentenceFor(seen) {
  const arrives = `One photon in ${waitText(seen.wait_s)} arrives, as good as it started.`;
  if (!(seen.gain > 0)) return `${arrives} Nothing ever clicks.`;
  const dark = seen.dark / seen.gain;
  if (dark > HALF) return `${arrives} But most clicks come from the dark: ${percent(seen.qber)} of the bits are wrong, and a coin has 50 %.`;
  if (dark > 0.02) return `${arrives} ${percent(dark)} of the clicks come from the dark, where half is wrong: ${percent(seen.qber)} of the bits in all.`;
  return `${arrives} Light outnumbers the dark: ${percent(seen.qber)} of the bits are wrong, whatever the length.`;
}

const NUMBERS = [
  ["loss", "Loss"],
  ["arrive", "Arrives"],
  ["click_rate", "Clicks / s"],
  ["qber", "Wrong bits"],
  ["aer", "Sampled"],
];

function scene(config) {
  const journey = makeJourney();
  const ruler = makeRuler();
  const stack = makeStack("What the clicks are");
  const chart = makeChart(config.chart, 168);
  const clock = html("p", { class: "qnl-clock" });
  const wait = html("b", { "data-number": "wait" });
  clock.append("Next photon in ", wait);
  const outputs = Object.fromEntries(NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const legend = makeLegend([["line", "one"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    journey.node, clock, ruler.node, stack.node,
    html("div", { class: "qnl-fiber-row" }, chart.node,
      html("dl", { class: "qnl-numbers" }, ...NUMBERS.flatMap(([name, label]) => [html("dt", {}, label), outputs[name]]))),
    legend.node);

  function draw({ parameters: p, points, stale }) {
    const seen = readings(p);
    journey.draw({ length_km: p.length_km, loss_db: seen.loss_db, insertion_loss_db: p.insertion_loss_db });
    ruler.draw(seen.wait_s);
    say(wait, waitText(seen.wait_s));
    stack.draw(seen, percent);

    const here = stale ? undefined : points.items.find((point) => point.x === p.length_km);
    say(outputs.loss, `${shown(Number(seen.loss_db.toFixed(2)))} dB`);
    say(outputs.arrive, percent(seen.arrive));
    const rate = seen.gain * p.repetition_rate_hz;
    say(outputs.click_rate, rate >= 1e5 || (rate > 0 && rate < 0.01) ? rate.toExponential(2) : shown(Number(rate.toPrecision(3))));
    say(outputs.qber, percent(seen.qber));
    say(outputs.aer, here ? sampledText(here) : config.live ? "…" : "not in this page");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.length_km || low), Math.max(high, p.length_km)];
    const line = [];
    for (let i = 0; i <= SAMPLES; i++) {
      const length_km = range[0] * (range[1] / range[0]) ** (i / SAMPLES);
      line.push([length_km, clickShares({ ...p, length_km }).qber]);
    }
    chart.draw(`From ${shown(range[0])} to ${shown(range[1])} km. At ${shown(p.length_km)} km ${percent(seen.qber)} of the bits are wrong.`, {
      range,
      lines: [{ kind: "one", points: line }],
      measured: points.items.map((point) => ({ ...point, stale })),
      here: { x: p.length_km, y: seen.qber },
    });
    legend.draw(["wrong bits, closed form", "this length", stale ? "sampled, for earlier settings" : config.live ? "sampled from the circuits" : "sampled, as saved"], stale);
    return sentenceFor(seen);
  }

  return { node, draw, close: () => [journey, ruler, stack, chart].forEach((part) => part.close()) };
}

export default makeExplorer(scene);
