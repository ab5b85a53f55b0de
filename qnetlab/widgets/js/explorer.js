// What every explorer does: hold the state of the controls, draw at once, tell Python, take in what Python sends.

import { freshId, html, say } from "./dom.js";
import { makeControl, makePanel } from "./panel.js";
import { controlsOf, parametersOf } from "./settings.js";

// `scene(config)` returns what differs from explorer to explorer:
//   node         the pictures
//   draw({ state, parameters, points, stale })   draws, and returns one sentence that says what is seen
//   settle(config, next, name, before)   optional: the reader changed `name`; change what follows from it in `next`
//   enabled(state, name)   optional: whether a control can be used now
//   close()      optional
export function makeExplorer(scene) {
  return { render: ({ model, el }) => render(scene, model, el) };
}

function render(scene, model, el) {
  let config = model.get("config");
  const prefix = freshId();
  const shownScene = scene(config);
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
  const left = {}; // what a preset's controls said when the reader left it

  function change(name, value) {
    const next = { ...state, [name]: value };
    if (name === config.preset_control) followPreset(next);
    shownScene.settle?.(config, next, name, state);
    state = next;
    draw();
    model.set("state", state);
    model.save_changes();
  }

  function followPreset(next) {
    left[state[config.preset_control]] = Object.fromEntries(config.preset_follows.map((name) => [name, state[name]]));
    const chosen = next[config.preset_control];
    Object.assign(next, left[chosen] ?? config.presets[chosen]?.values ?? config.given_values);
  }

  function isStale(points) {
    return config.points_follow.some((name) => points.state && points.state[name] !== state[name]);
  }

  function draw() {
    for (const { name } of controlsOf(config)) {
      const seen = [state[name], shownScene.enabled?.(state, name) ?? true, config.reach[state[config.preset_control]]?.[name]];
      const key = JSON.stringify(seen);
      if (key !== shownControls[name]) controls[name].show(...seen);
      shownControls[name] = key;
    }
    const points = model.get("points");
    const said = shownScene.draw({ state, parameters: parametersOf(config, state), points, stale: isStale(points) });
    say(sentence, said);
    say(problem, model.get("problem"));
    problem.hidden = !model.get("problem");
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

  const events = "change:state change:points change:problem change:config";
  model.on(events, received);
  el.append(root);
  draw();
  return () => {
    model.off(events, received);
    shownScene.close?.();
  };
}
