// The superdense coding explorer: two bits in one qubit?

import { makeBars } from "./bars.js";
import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, shown, withError } from "./numbers.js";
import { makeStory, storyText } from "./superdense_story.js";
import {
  GUESS_LIMIT, MESSAGES, PLAIN_BIT, capacityBits, caughtProbabilities, messageWaitSeconds, outcomeProbabilities,
  pairAtBob, pairFidelity, successProbability,
} from "./theory_superdense.js";

const SAMPLES = 80;
const OFF = ["right", "x off", "z off", "both"]; // which bits are wrong, in the order of the messages
const digits = (value, count = 4) => value.toFixed(count);

function messagesOf(state) {
  return state.message === "average" ? MESSAGES : [state.message];
}

// Shares for each message as they are sent; for several messages, shares by which bits are wrong.
function shares(messages, one) {
  if (messages.length === 1) return one(messages[0]);
  const each = messages.map((message, sent) => MESSAGES.map((_, wrong) => one(message)[sent ^ wrong]));
  return MESSAGES.map((_, wrong) => each.reduce((sum, found) => sum + found[wrong], 0) / each.length);
}

// The numbers of one setting; `step` tells whether Bob has both qubits.
function readings(state, p) {
  const messages = messagesOf(state);
  const pair = pairAtBob(p);
  const reads = shares(messages, (message) => outcomeProbabilities(p, pair, message));
  const caught = shares(messages, (message) => caughtProbabilities(p, pair, message));
  const right = messages.length === 1 ? MESSAGES.indexOf(state.message) : 0;
  const now = state.step < 4 ? [0.25, 0.25, 0.25, 0.25] : reads; // one half alone knows of no message
  return {
    success: reads[right],
    success_now: now[right],
    average: successProbability(p, pair),
    capacity: capacityBits(pair),
    pair_fidelity: pairFidelity(pair),
    caught: caught[right],
    reads: now,
    caught_reads: caught,
    right,
    message_wait_s: messageWaitSeconds(p),
  };
}

function sentenceFor(state, seen) {
  if (state.step < 4) {
    const thief = seen.caught > 0.2505 ? ` A thief has P = ${digits(seen.caught, 3)}: Alice's memory lets x through.` : "";
    if (thief) return `Bob's half alone knows nothing: P = ${digits(seen.success_now, 3)} is a guess.${thief}`;
    return `Who has one of the two qubits can only guess among four messages: P = ${digits(seen.success_now, 3)}.`;
  }
  const gain = seen.success - GUESS_LIMIT;
  const guess = gain > 0.0005 ? "." : ": one qubit without a pair does as well.";
  const more = seen.capacity - PLAIN_BIT;
  const bits = `${digits(seen.capacity, 2)} bits per qubit`;
  const worth =
    more > 0.005 ? `The pair is good for ${bits}, more than any qubit alone.`
    : more > -0.005 ? "The pair is good for one bit per qubit: no more than a plain bit."
    : seen.pair_fidelity > 0.5005 ? `The pair is still entangled, yet good for only ${bits}: better send a plain bit.`
    : `The pair is good for only ${bits}: better send a plain bit.`;
  return `Bob reads both bits right with P = ${digits(seen.success, 3)}${guess} ${worth}`;
}

// Three lines over the range of lengths: these messages, all messages, and the capacity.
function curves(p, range, messages) {
  const lines = { one: [], mean: [], capacity: [] };
  for (let i = 0; i <= SAMPLES; i++) {
    const length_km = range[0] + ((range[1] - range[0]) * i) / SAMPLES;
    const pair = pairAtBob({ ...p, length_km });
    lines.one.push([length_km, successProbability(p, pair, messages)]);
    lines.mean.push([length_km, successProbability(p, pair)]);
    lines.capacity.push([length_km, capacityBits(pair)]);
  }
  return lines;
}

const NUMBERS = [
  ["success", "This message"],
  ["aer", "Shot on Aer"],
  ["average", "Mean of all"],
  ["limit", "Without a pair"],
  ["capacity", "Capacity in bits"],
  ["message_wait", "Time per message"],
];

function scene(config) {
  const story = makeStory();
  const bars = { bob: makeBars("What Bob reads"), thief: makeBars("What a thief would name") };
  const charts = { success: makeChart(config.chart, 168), capacity: makeChart(config.capacity_chart, 168) };
  const words = html("p", { class: "qnl-story" });
  const asked = html("span");
  const values = { success_now: html("b", { "data-number": "success_now" }), caught: html("b", { "data-number": "caught" }) };
  const outputs = Object.fromEntries(NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const labels = Object.fromEntries(NUMBERS.map(([name, label]) => [name, html("dt", {}, label)]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    words, story.node,
    html("div", { class: "qnl-side" },
      html("figure", {}, bars.bob.node, html("figcaption", {}, asked, values.success_now)),
      html("figure", {}, bars.thief.node, html("figcaption", {}, "A thief names it: ", values.caught)),
      html("div", {},
        html("p", { class: "qnl-note" }, "P: both bits right, after step 4"),
        html("dl", { class: "qnl-numbers" }, ...NUMBERS.flatMap(([name]) => [labels[name], outputs[name]])))),
    html("div", { class: "qnl-beside" }, charts.success.node, charts.capacity.node), legend.node);

  function draw({ state, parameters: p, points, stale }) {
    const seen = readings(state, p);
    const messages = messagesOf(state);
    const many = messages.length > 1;
    const text = storyText(state.step, state.message, p);
    say(words, text);
    story.draw(text, { step: state.step, message: state.message, length_km: p.length_km, matches: seen.success > GUESS_LIMIT + 0.0005 });

    const names = many ? OFF : MESSAGES;
    const spoken = (found) => found.map((share, i) => `${names[i]}: ${digits(share, 2)}`).join(", ");
    const columns = (found) => found.map((share, i) => ({ name: names[i], share, wanted: i === seen.right }));
    const what = many ? "Both bits" : "Bits z x";
    bars.bob.draw(`${what}, Bob: ${spoken(seen.reads)}.`, columns(seen.reads));
    bars.thief.draw(`${what}, a thief: ${spoken(seen.caught_reads)}.`, columns(seen.caught_reads));
    say(asked, state.step < 4 ? "Bob guesses it: " : "Bob reads it: ");
    say(values.success_now, digits(seen.success_now));
    say(values.caught, digits(seen.caught));

    const here = stale ? undefined : points.items.find((point) => point.x === p.length_km);
    say(labels.success, many ? "All four" : "This message");
    say(outputs.success, digits(seen.success));
    say(outputs.average, digits(seen.average));
    say(outputs.limit, digits(GUESS_LIMIT));
    say(outputs.capacity, digits(seen.capacity));
    // Without a herald the pair is taken as already there: how long it took is another question.
    say(outputs.message_wait, p.herald === "none" ? "not modeled" : duration(seen.message_wait_s));
    say(outputs.aer, here ? withError(here, 3) : config.live ? "running …" : "not in this page");

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.length_km), Math.max(high, p.length_km)];
    const lines = curves(p, range, messages);
    const where = `Over ${shown(range[0])} to ${shown(range[1])} km. At ${shown(p.length_km)} km:`;
    charts.success.draw(`${where} this message ${digits(seen.success, 3)}, mean of all four ${digits(seen.average, 3)}.`, {
      range,
      lines: [...(many ? [] : [{ kind: "mean", points: lines.mean }]), { kind: "one", points: lines.one }],
      measured: points.items.map((point) => ({ ...point, stale })),
      here: { x: p.length_km, y: seen.success },
    });
    charts.capacity.draw(`${where} ${digits(seen.capacity, 3)} bits per sent qubit; a plain bit carries 1.`, {
      range, lines: [{ kind: "one", points: lines.capacity }], measured: [], here: { x: p.length_km, y: seen.capacity },
    });
    legend.draw([
      many ? "all four" : "this message", many ? null : "mean of all four", "this length, after step 4",
      stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved",
    ], stale);
    return sentenceFor(state, seen);
  }

  return {
    node,
    draw,
    close: () => [story, bars.bob, bars.thief, charts.success, charts.capacity].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
