// The BB84 explorer: how does listening show?

import { playSession } from "./bb84_session.js";
import { makePhotonStory, photonText } from "./bb84_story.js";
import { makeTables } from "./bb84_tables.js";
import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { errorBars, makeErrorHistogram } from "./error_histogram.js";
import { makeExplorer } from "./explorer.js";
import { bb84Rates, quietRates } from "./theory_bb84.js";
import { alarmFrom, bitsToReveal, missedProbability } from "./theory_revealing.js";

const STEPS_OF_CURVE = 20;
const BEAT_MS = 1100;
const asShare = (value, count = 4) => (Number.isFinite(value) ? value.toFixed(count) : "–");
const asPercent = (value) => `${value < 0.005 || value > 0.995 ? Number((value * 100).toPrecision(2)) : Math.round(value * 100)}\u00a0%`;

// The numbers of one setting; `revealed`: how many bits are really compared, null where a session does not tell.
function readings(state, p, revealed = state.revealed) {
  const [here, quiet] = [bb84Rates(p), quietRates(p)];
  const compared = Number.isFinite(here.qber) ? revealed : 0;
  return {
    ...here,
    quiet: quiet.qber,
    alarm: compared ? alarmFrom(quiet.qber, compared) : 1,
    missed: compared ? missedProbability(quiet.qber, here.qber, compared) : NaN,
    enough: Number.isFinite(here.qber) && here.qber - quiet.qber > 1e-12 ? bitsToReveal(quiet.qber, here.qber) : Infinity,
  };
}

function sentenceFor(state, seen, session, pulse, listens) {
  if (state.phase === 1) return photonText(pulse);
  if (state.phase === 2) {
    return `${session.clicked} of ${session.pulses.length} photons clicked, and ${session.sifted} of these were measured in Alice's basis: they are kept. Bases and clicks are public, no bit was said.`;
  }
  if (!session.revealed) return "Nothing is left to compare: no sifted bit. Without bits there is no error rate, and no key.";
  const found = `${session.errors} of ${session.revealed} compared bits differ`;
  const missed = `with ${session.revealed} bits she is missed in ${asPercent(seen.missed)} of all sessions`;
  if (session.errors < seen.alarm) {
    if (!listens) return `${found}, as a quiet line may show; from ${seen.alarm} on one would suspect Eve.`;
    return `${found}: no more than a quiet line may show. Yet Eve was there; ${missed}. One does not see Eve, one pays for the worst she may know.`;
  }
  if (!listens) return `${found}, more than 99 of 100 quiet sessions show, and nobody listened: a false alarm.`;
  return `${found}, more than 99 of 100 quiet sessions show: something is wrong. Not always: ${missed}.`;
}

const SAID_OF_BOOKS = {
  1: "Only what clicked is written down.",
  2: "Equal bases are kept, the others dropped.",
  3: "Some of the bits compared in public, and then thrown away.",
};

const SHOWN_NUMBERS = [
  ["clicked", ""],
  ["sifted", "sifted, kept"],
  ["qber", "error rate"],
  ["quiet", "without Eve"],
  ["eve_guess", "Eve's bit right"],
  ["missed", "Eve missed"],
  ["enough", "bits to tell"],
  ["aer", "by Aer"],
];

function scene(config, change) {
  const [story, tables] = [makePhotonStory(), makeTables()];
  const histogram = makeErrorHistogram(148);
  const chart = makeChart(config.chart, 148);
  const outputs = Object.fromEntries(SHOWN_NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const labels = Object.fromEntries(SHOWN_NUMBERS.map(([name, label]) => [name, html("dt", {}, label)]));
  const legend = makeLegend([["line", "one"], ["here", ""], ["dot", ""]]);
  const forward = html("button", { type: "button", "data-action": "next" }, "Next click");
  const play = html("button", { type: "button", "data-action": "play", "aria-pressed": "false" }, "Play");
  const [bars, aside] = [html("p", { class: "qnl-note" }), html("span", { class: "qnl-note" })];
  const node = html("div", { class: "qnl-figures" },
    story.node,
    html("div", { class: "qnl-moves" }, forward, play, aside),
    tables.node,
    html("dl", { class: "qnl-strip" }, ...SHOWN_NUMBERS.map(([name]) => html("div", {}, labels[name], outputs[name]))),
    html("div", { class: "qnl-two-charts" }, histogram.node, chart.node), bars, legend.node);

  let now = null; // { state, session } of the last picture
  let beat = null;

  // The next pulse that clicks; the very next one if none does.
  function nextClick() {
    const { state, session } = now;
    const last = Math.min(config.last_photon, session.pulses.length);
    const ahead = session.pulses.slice(state.photon, last).find((pulse) => pulse.bob_bit !== null);
    const wanted = ahead ? ahead.number : Math.min(last, state.photon + 1);
    if (wanted === state.photon) stop();
    else change("photon", wanted);
  }

  function stop() {
    clearInterval(beat);
    beat = null;
    play.setAttribute("aria-pressed", "false");
    say(play, "Play");
  }

  forward.addEventListener("click", nextClick);
  play.addEventListener("click", () => {
    if (beat !== null) return stop();
    beat = setInterval(nextClick, BEAT_MS);
    play.setAttribute("aria-pressed", "true");
    say(play, "Pause");
  });

  function draw({ state, parameters: p, points, stale }) {
    const session = playSession(p, state);
    now = { state, session };
    const seen = readings(state, p, session.revealed);
    const listens = p.fraction > 0;
    const place = Math.min(state.photon, session.pulses.length);
    const pulse = session.pulses[place - 1];
    story.draw(photonText(pulse), { pulse, length_km: p.length_km });
    tables.draw(session.pulses, place, state.phase);
    say(aside, SAID_OF_BOOKS[state.phase]);

    const compared = state.phase === 3;
    const counted = session.revealed && Number.isFinite(seen.qber);
    const observed = compared && counted ? session.errors : null;
    const columns = counted ? errorBars(seen.quiet, seen.qber, session.revealed, observed) : [{ from: 0, to: 0, quiet: 1, here: 1 }];
    histogram.draw(
      `Errors expected among ${session.revealed} revealed bits. Without Eve ${asShare(seen.quiet * session.revealed, 1)} on average, this line ${asShare(seen.qber * session.revealed, 1)}.${observed === null ? "" : ` Found: ${observed}.`} Dotted: from ${seen.alarm} errors on a line is suspected, in at most 1 % of quiet sessions.`,
      { bars: columns, observed, alarm: seen.alarm, revealed: session.revealed });
    say(bars, `Hollow bars: a quiet line. Filled: this line. Dotted: from ${seen.alarm} on a line is suspected, in at most 1 % of quiet sessions.`);

    const here = stale ? undefined : points.items.find((point) => point.x === p.fraction);
    say(labels.clicked, `clicked, of ${session.pulses.length}`);
    say(outputs.clicked, String(session.clicked));
    say(outputs.sifted, String(session.sifted));
    say(outputs.qber, asShare(seen.qber));
    say(outputs.quiet, asShare(seen.quiet));
    say(outputs.eve_guess, asShare(seen.eve_guess));
    say(outputs.missed, asShare(seen.missed));
    say(outputs.enough, seen.enough === Infinity ? "∞" : String(seen.enough));
    say(outputs.aer, here ? `${asShare(here.y, 3)} ± ${asShare(here.std_error, 3)}` : config.live ? (points.items.length && !stale ? "no bits" : "running …") : "not in this page");

    const line = [];
    for (let i = 0; i <= STEPS_OF_CURVE; i++) {
      const fraction = i / STEPS_OF_CURVE;
      line.push([fraction, bb84Rates({ ...p, fraction }).qber]);
    }
    chart.draw(`Errors among the sifted bits: ${asShare(seen.quiet, 3)} if she intercepts nothing, ${asShare(line.at(-1)[1], 3)} if everything. Here: ${asShare(seen.qber, 3)}.`, {
      range: config.chart.x_range,
      lines: [{ kind: "one", points: line }],
      measured: points.items.map((point) => ({ ...point, stale })),
      here: { x: p.fraction, y: seen.qber },
    });
    legend.draw(["error rate in closed form", "this setting", stale ? "Aer, for earlier settings" : config.live ? "drawn from Aer, with error bar" : "Aer, as saved"], stale);
    return sentenceFor(state, seen, session, pulse, listens);
  }

  return {
    node,
    draw,
    close: () => {
      stop();
      [story, histogram, chart].forEach((part) => part.close());
    },
  };
}

export default makeExplorer(scene);
