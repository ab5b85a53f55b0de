// Native, labeled controls built from what Python declares. A control knows how to show a value and says when the
// reader chose another; it never holds the state. `show(value, enabled, reach, wording)`: a list or a story writes
// `wording`, if there is one, in place of the chosen value's label.

import { html, say } from "./dom.js";
import { real, shown } from "./numbers.js";

function row(control, id, input, output) {
  const hint = control.hint ? html("span", { id: `${id}-hint`, class: "qnl-unseen" }, control.hint) : null;
  if (hint) input.setAttribute("aria-describedby", hint.id);
  const label = html("label", { for: id }, control.label);
  return html("div", { class: "qnl-row", title: control.hint }, label, input, output, hint);
}

// Every stop of the slider is one exact number: going a step on and back gives the same value. A value between the
// stops, set from Python, becomes a stop of its own. `reach` cuts off what the rest of the protocol forbids.
function slider(control, id, change) {
  const order = (value) => (value === "given" ? -Infinity : real(value));
  let stops = [];
  let own = null;
  const input = html("input", { type: "range", id, min: 0, step: 1, "data-control": control.name });
  const output = html("output", { for: id });
  input.addEventListener("input", () => change(control.name, stops[Number(input.value)]));
  return {
    node: row(control, id, input, output),
    show(value, enabled, reach) {
      if (!control.values.includes(value)) own = value;
      const all = own === null ? control.values : [...control.values, own];
      const inside = (stop) => !reach || (order(stop) >= order(reach[0]) && order(stop) <= order(reach[1]));
      stops = all.filter((stop) => stop === value || stop === "given" || inside(stop)).sort((a, b) => order(a) - order(b));
      const text = shown(value, control.show, control.unit);
      input.max = stops.length - 1;
      input.value = stops.indexOf(value);
      input.setAttribute("aria-valuetext", text === "∞" ? "infinite" : text);
      input.disabled = !enabled;
      say(output, text);
    },
  };
}

function select(control, id, change) {
  const input = html("select", { id, "data-control": control.name });
  const options = control.values.map((value, i) => html("option", { value: i }, control.labels[i]));
  input.append(...options);
  input.addEventListener("input", () => change(control.name, control.values[Number(input.value)]));
  const given = html("option", { value: -1 }, "as given");
  return {
    node: row(control, id, input, null),
    show(value, enabled, reach, wording) {
      const index = control.values.indexOf(value);
      options.forEach((option, i) => say(option, (i === index && wording) || control.labels[i]));
      if (index < 0) input.append(given);
      else given.remove();
      input.value = index;
      input.disabled = !enabled;
    },
  };
}

function radio(control, id, change) {
  const inputs = control.values.map((value, i) => {
    const input = html("input", { type: "radio", name: id, id: `${id}-${i}`, "data-control": control.name, "data-value": value });
    input.addEventListener("input", () => change(control.name, value));
    return input;
  });
  const options = inputs.map((input, i) => html("label", { class: "qnl-option" }, input, control.labels[i]));
  const label = control.bare ? null : html("span", {}, control.label);
  return {
    node: html("div", { class: "qnl-radio", role: "radiogroup", "aria-label": control.label, title: control.hint }, label, ...options),
    show(value, enabled) {
      inputs.forEach((input, i) => {
        input.checked = control.values[i] === value;
        input.disabled = !enabled;
      });
    },
  };
}

// One step of a story at a time: back, where we are, next.
function steps(control, id, change) {
  let at = 0;
  const go = (by) => change(control.name, control.values[at + by]);
  const back = html("button", { type: "button", "data-control": control.name, "data-move": "back" }, "‹ Back");
  const next = html("button", { type: "button", "data-control": control.name, "data-move": "next" }, "Next ›");
  const place = html("output", { id });
  // A button that can go no further stays focusable, so that the keyboard does not lose its place.
  back.addEventListener("click", () => at > 0 && go(-1));
  next.addEventListener("click", () => at < control.values.length - 1 && go(1));
  return {
    node: html("div", { class: "qnl-steps", role: "group", "aria-label": control.label }, back, place, next),
    show(value, enabled, reach, wording) {
      at = control.values.indexOf(value);
      back.setAttribute("aria-disabled", at === 0);
      next.setAttribute("aria-disabled", at === control.values.length - 1);
      place.replaceChildren(html("span", {}, `Step ${at + 1} of ${control.values.length}`), html("b", {}, wording || control.labels[at]));
    },
  };
}

const KINDS = { slider, select, radio, steps };

export function makeControl(control, prefix, change) {
  return KINDS[control.kind](control, `${prefix}-${control.name}`, change);
}

// Groups of controls; a folded group is opened when it is wanted.
export function makePanel(groups, prefix, change) {
  const controls = {};
  const place = (control, group) => {
    const bare = control.label === group.title; // the heading says it already
    return (controls[control.name] = makeControl({ ...control, bare }, prefix, change)).node;
  };
  const nodes = groups.filter((group) => group.title !== null).map((group) => {
    const rows = group.controls.map((control) => place(control, group));
    if (group.folded) return html("details", { class: "qnl-group" }, html("summary", {}, group.title), ...rows);
    return html("fieldset", { class: "qnl-group" }, html("legend", {}, group.title), ...rows);
  });
  return { node: html("div", { class: "qnl-controls" }, ...nodes), controls };
}
