// What every explorer does: hold the state of the controls, draw at once, tell Python, take in what Python sends.

import { freshId, html, say } from "./dom.js";
import { makeControl, makePanel } from "./panel.js";
import { GIVEN, controlsOf, parametersOf } from "./settings.js";

// `scene(config, change)` returns what differs from explorer to explorer; `change(name, value)` is for buttons of its own,
// once it has been drawn:
//   node         the pictures
//   draw({ state, parameters, points, stale, silent })   draws, and returns one sentence that says what is seen;
//                silent: the kernel has not answered for long
//   settle(config, next, name, before)   optional: the reader changed `name`; change what follows from it in `next`
//   enabled(state, name)   optional: whether a control can be used now
//   wording(state, name)   optional: what a control writes now in place of the chosen value's label
//   close()      optional
export function makeExplorer(scene) {
  return { render: ({ model, el }) => render(scene, model, el) };
}

// A kernel that was restarted tells nobody: who hears nothing for so long is told what to do.
const PATIENCE_MS = 10_000;
const NO_ANSWER = "No answer from the kernel. If it is gone or was restarted, run this cell again.";

function render(scene, model, el) {
  let config = model.get("config");
  const prefix = freshId();
  const shownScene = scene(config, change);
  const sentence = html("p", { class: "qnl-sentence", role: "status", "aria-live": "polite" });
  const problem = html("p", { class: "qnl-problem", role: "alert", hidden: true });
  const { node, controls } = makePanel(config.groups, prefix, change);
  const stories = config.groups.filter((group) => group.title === null).flatMap((group) => group.controls);
  for (const control of stories) controls[control.name] = makeControl(control, prefix, change);
  const root = html(
    "section",
    { class: "qnl", "aria-label": config.title },
    html("div", { class: "qnl-title" }, config.title),
    html("div", { class: "qnl-body" },
      html("div", { class: "qnl-left" }, node, html("div", { class: "qnl-words" }, sentence, problem)),
      html("div", { class: "qnl-scene" }, ...stories.map((control) => controls[control.name].node), shownScene.node)),
  );
  // Else the notebook takes arrow keys and letters for commands of its own.
  for (const event of ["keydown", "keyup", "keypress"]) root.addEventListener(event, (e) => e.stopPropagation());

  let state = { ...model.get("state") };
  const shownControls = {};
  let silent = false;
  let waiting;
  const left = {}; // what a preset's controls said when the reader left it

  function change(name, value) {
    const next = { ...state, [name]: value };
    if (name === config.preset_control) followPreset(next);
    shownScene.settle?.(config, next, name, state);
    if (next[name] !== value) delete shownControls[name]; // the control itself has moved already, and must go back
    state = next;
    draw();
    listen();
    model.set("state", state);
    model.save_changes();
  }

  function followPreset(next) {
    left[state[config.preset_control]] = Object.fromEntries(config.preset_follows.map((name) => [name, state[name]]));
    const chosen = next[config.preset_control];
    Object.assign(next, left[chosen] ?? config.presets[chosen]?.values ?? config.given_values);
  }

  // From now on something must be heard, until the points for what is shown are there.
  function listen() {
    clearTimeout(waiting);
    const { state: shot } = model.get("points");
    if (!config.live || !config.shoots || (shot && Object.keys(state).every((name) => shot[name] === state[name]))) return;
    waiting = setTimeout(() => {
      silent = true;
      draw();
    }, PATIENCE_MS);
  }

  // A link that was dragged away from where its name put it says so.
  function wordingOf(name) {
    if (name !== config.preset_control) return shownScene.wording?.(state, name);
    const chosen = state[name];
    const meant = chosen === GIVEN ? config.given_values : config.presets[chosen].values;
    if (config.preset_follows.every((follower) => state[follower] === meant[follower])) return null;
    return chosen === GIVEN ? "your own" : `changed: ${chosen}`;
  }

  function isStale(points) {
    return config.points_follow.some((name) => points.state && points.state[name] !== state[name]);
  }

  function draw() {
    for (const { name } of controlsOf(config)) {
      const seen = [state[name], shownScene.enabled?.(state, name) ?? true, config.reach[state[config.preset_control] ?? GIVEN]?.[name], wordingOf(name)];
      const key = JSON.stringify(seen);
      if (key !== shownControls[name]) controls[name].show(...seen);
      shownControls[name] = key;
    }
    const points = model.get("points");
    const said = shownScene.draw({ state, parameters: parametersOf(config, state), points, stale: isStale(points), silent });
    say(sentence, said);
    const trouble = model.get("problem") || (silent ? NO_ANSWER : "");
    say(problem, trouble);
    problem.hidden = !trouble;
  }

  function received() {
    config = model.get("config");
    const sent = model.get("state");
    if (Object.keys(sent).some((name) => sent[name] !== state[name])) {
      state = { ...sent };
      for (const name of Object.keys(left)) delete left[name];
    }
    draw();
  }

  // Only Python sets these, so the kernel is there.
  function heard() {
    silent = false;
    received();
    if (waiting) listen();
  }

  const answers = "change:points change:problem change:config";
  model.on("change:state", received);
  model.on(answers, heard);
  el.append(root);
  draw();
  return () => {
    clearTimeout(waiting);
    model.off("change:state", received);
    model.off(answers, heard);
    shownScene.close?.();
  };
}
