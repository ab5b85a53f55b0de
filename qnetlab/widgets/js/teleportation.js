// The teleportation explorer: what crosses, and when?

import { makeBloch } from "./bloch.js";
import { makeChart, makeLegend } from "./chart.js";
import { html, say } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { duration, shown, withError } from "./numbers.js";
import { makeStory, stepName, storyText } from "./teleportation_story.js";
import { pairWaitSeconds } from "./theory_pairs.js";
import { SIX, blochVector } from "./theory_qubit.js";
import { CLASSICAL_LIMIT, bobVector, correctionFactors, meanFidelity, sphereMap } from "./theory_teleportation.js";

const SAMPLES = 80;
const digits = (value, count = 4) => value.toFixed(count);

function messagesOf(state) {
  if (state.message === "average") return Object.values(SIX);
  return [SIX[state.message] ?? blochVector(state.theta_rad, state.phi_rad)];
}

function nameOf(state) {
  if (state.message === "average") return "all six";
  if (state.message in SIX) return `|${state.message.replace("-", "−")}⟩`;
  return `${shown(state.theta_rad, "degrees")}, ${shown(state.phi_rad, "degrees")}`;
}

// Angles on a slider and names in a list are two ways to say the same message. `own` keeps the angles that have no
// name while the reader looks at others.
function settle(config, next, changed, before, own) {
  if (changed === "message") {
    if (before.message === "angles") own.angles = [before.theta_rad, before.phi_rad];
    const angles = next.message === "angles" ? own.angles : config.angles[next.message];
    if (angles) [next.theta_rad, next.phi_rad] = angles;
  } else if (changed === "theta_rad" || changed === "phi_rad") {
    const isHere = ([theta, phi]) => theta === next.theta_rad && phi === next.phi_rad;
    next.message = Object.keys(config.snaps).find((name) => isHere(config.snaps[name])) ?? "angles";
  }
}

// The numbers of one setting; `step` tells whether the bits have arrived.
function readings(state, p) {
  const messages = messagesOf(state);
  const before = { ...p, corrections: "none" };
  const end = sphereMap(p);
  const now = state.step < 4 ? sphereMap(before) : end;
  return {
    fidelity: meanFidelity(p, end, messages),
    fidelity_now: meanFidelity(p, now, messages),
    average: meanFidelity(p, end, Object.values(SIX)),
    arrows: messages.map((m) => bobVector(now, m)),
    messages,
    pair_wait_s: pairWaitSeconds(p),
  };
}

function sentenceFor(state, p, seen) {
  const longest = Math.max(...seen.arrows.map((arrow) => Math.hypot(...arrow)));
  const f = digits(seen.fidelity_now, 3);
  if (state.step < 4 || p.corrections === "none") {
    const centered = longest < 0.005;
    const until = state.step < 4 ? "Until the bits arrive" : "Without the bits";
    const after = state.step < 4 ? ` After step 4: ${digits(seen.fidelity, 3)}.` : "";
    if (!centered) return `${until} Bob's arrow is the same for every message: F = ${f}.${after}`;
    return `${until} Bob's arrow sits at the center for every message: F = ${f}${f === "0.500" ? ", a coin toss" : ""}.${after}`;
  }
  const gap = seen.average - CLASSICAL_LIMIT;
  const verdict =
    gap > 0.0005 ? "better than measuring and phoning (0.667)"
    : gap < -0.0005 ? "worse than measuring and phoning (0.667)"
    : "no better than measuring and phoning";
  if (state.message === "average") return `Averaged over all messages, Bob's qubit matches with F = ${f}: ${verdict}.`;
  return `Bob's qubit matches the message with F = ${f}. Mean of all messages: ${digits(seen.average, 3)}, ${verdict}.`;
}

// Fidelity of these messages at each sampled length; the curve stays the same while only the length is dragged.
function curve(p, range, messages) {
  const factors = correctionFactors(p);
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const length_km = range[0] + ((range[1] - range[0]) * i) / SAMPLES;
    const there = { ...p, length_km };
    return [length_km, meanFidelity(there, sphereMap(there, factors), messages)];
  });
}

const NUMBERS = [
  ["fidelity", "This message"],
  ["aer", "Shot on Aer"],
  ["average", "Mean of all"],
  ["limit", "Classical limit"],
];

function aerText(here, live, silent) {
  if (here) return withError(here, 3);
  return live ? (silent ? "no answer" : "running …") : "not in this page";
}

function scene(config) {
  const own = { angles: null };
  const story = makeStory();
  const spheres = { message: makeBloch("Message"), bob: makeBloch("Bob's qubit") };
  const chart = makeChart(config.chart, 168);
  const words = html("p", { class: "qnl-story" });
  const names = { message: html("b"), fidelity_now: html("b", { "data-number": "fidelity_now" }) };
  const pairWait = html("dd", { "data-number": "pair_wait" });
  const outputs = Object.fromEntries(NUMBERS.map(([name]) => [name, html("dd", { "data-number": name })]));
  const labels = Object.fromEntries(NUMBERS.map(([name, label]) => [name, html("dt", {}, label)]));
  const legend = makeLegend([["line", "one"], ["line", "mean"], ["here", ""], ["dot", ""]]);
  const node = html("div", { class: "qnl-figures" },
    words, story.node,
    html("div", { class: "qnl-side" },
      html("figure", {}, spheres.message.node, html("figcaption", {}, "Message ", names.message)),
      html("figure", {}, spheres.bob.node, html("figcaption", {}, "Bob now: F = ", names.fidelity_now,
        html("div", { class: "qnl-note" }, "dashed: the message"))),
      html("div", {},
        html("p", { class: "qnl-note" }, "Fidelity F after step 4"),
        html("dl", { class: "qnl-numbers" }, ...NUMBERS.flatMap(([name]) => [labels[name], outputs[name]])),
        html("p", { class: "qnl-note" }, "F: how often Bob's qubit passes a test for the message."),
        html("dl", { class: "qnl-numbers qnl-apart" }, html("dt", {}, "Time per pair"), pairWait))),
    chart.node, legend.node);

  function draw({ state, parameters: p, points, stale, silent }) {
    const seen = readings(state, p);
    const many = state.message === "average";
    const matches = seen.average > CLASSICAL_LIMIT + 0.0005;
    const text = storyText(state.step, p, matches);
    say(words, text);
    story.draw(text, { step: state.step, length_km: p.length_km, corrections: p.corrections, matches });

    const arrows = (vectors, kind) => vectors.map((vector) => ({ vector, kind }));
    const spoken = seen.arrows.map((a) => a.map((c) => digits(c, 2)).join(", ")).join("; ");
    spheres.message.draw(`Message: ${nameOf(state)}.`, arrows(seen.messages, "message"));
    spheres.bob.draw(`Bob's arrow${many ? "s" : ""}: ${spoken}. Dashed: the message.`,
      [...arrows(seen.messages, "ghost"), ...arrows(seen.arrows, "bob")]);
    say(names.message, nameOf(state));
    say(names.fidelity_now, digits(seen.fidelity_now));

    const here = stale ? undefined : points.items.find((point) => point.x === p.length_km);
    say(labels.fidelity, many ? "All six" : "This message");
    say(outputs.fidelity, digits(seen.fidelity));
    say(outputs.average, digits(seen.average));
    say(outputs.limit, digits(CLASSICAL_LIMIT));
    say(outputs.aer, aerText(here, config.live, silent));
    // Without a herald the pair is taken as already there: how long it took is another question.
    say(pairWait, p.herald === "none" ? "not modeled" : duration(seen.pair_wait_s));

    const [low, high] = config.chart.x_range;
    const range = [Math.min(low, p.length_km), Math.max(high, p.length_km)];
    const lines = [{ kind: "one", points: curve(p, range, seen.messages) }];
    if (!many) lines.unshift({ kind: "mean", points: curve(p, range, Object.values(SIX)) });
    chart.draw(
      `Over ${shown(range[0])} to ${shown(range[1])} km. At ${shown(p.length_km)} km: this message ${digits(seen.fidelity, 3)}, mean of all messages ${digits(seen.average, 3)}.`,
      { range, lines, measured: points.items.map((point) => ({ ...point, stale })), here: { x: p.length_km, y: seen.fidelity } },
    );
    legend.draw([
      many ? "all six" : "this message", many ? null : "mean of all messages", "this length, after step 4",
      stale ? "Aer, for earlier settings" : config.live ? "Aer, with error bar" : "Aer, as saved",
    ], stale);
    return sentenceFor(state, p, seen);
  }

  return {
    node,
    draw,
    settle: (given, next, changed, before) => settle(given, next, changed, before, own),
    wording: (state, name) => (name === "step" ? stepName(state.step, state.corrections) : null),
    enabled: (state, name) => !(state.message === "average" && (name === "theta_rad" || name === "phi_rad")),
    close: () => [story, spheres.message, spheres.bob, chart].forEach((part) => part.close()),
  };
}

export default makeExplorer(scene);
