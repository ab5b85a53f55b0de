// From what the controls say to the numbers that the closed form wants. The same rule stands in Python.

import { real } from "./numbers.js";

export const GIVEN = "given";

export function controlsOf(config) {
  return config.groups.flatMap((group) => group.controls);
}

// The protocol as it was given, then what the chosen preset brings, then what the controls say.
export function parametersOf(config, state) {
  const chosen = config.presets[state[config.preset_control]];
  const found = { ...config.given, ...(chosen ? chosen.parameters : {}) };
  for (const control of controlsOf(config)) {
    const value = state[control.name];
    if (value === GIVEN) continue;
    for (const name of control.writes) found[name] = value;
  }
  for (const name of Object.keys(found)) found[name] = real(found[name]);
  return found;
}
