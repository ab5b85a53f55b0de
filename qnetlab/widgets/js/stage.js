// The stage of a story: two stations, a fiber, qubits and bits, all on one line. Each function returns SVG elements.

import { svg, svgText } from "./dom.js";

export const STAGE_HEIGHT = 80;
export const STAGE_MIDDLE = 44;

// What stands under a qubit, a bit or the fiber.
export function below(x, text) {
  return svgText(x, STAGE_MIDDLE + 28, text, { "text-anchor": "middle" });
}

export function qubit(x, kind, label) {
  return [
    svg("circle", { cx: x, cy: STAGE_MIDDLE, r: 12, class: `qnl-qubit qnl-${kind}` }),
    below(x, label),
  ];
}

export function station(x, width, name) {
  return [
    svg("rect", { x, y: 16, width, height: STAGE_HEIGHT - 17, rx: 8, class: "qnl-station" }),
    svgText(x + width / 2, 12, name, { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
  ];
}

export function bit(x, name, held) {
  return [
    svg("rect", { x: x - 11, y: STAGE_MIDDLE - 11, width: 22, height: 22, rx: 4, class: held ? "qnl-bit qnl-held" : "qnl-bit" }),
    svgText(x, STAGE_MIDDLE + 5, name, { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
  ];
}

export function wave(x1, x2) {
  const parts = [`M${x1} ${STAGE_MIDDLE}`];
  const count = Math.max(2, 2 * Math.round((x2 - x1) / 28));
  const step = (x2 - x1) / count;
  for (let i = 0; i < count; i++) parts.push(`q${step / 2} ${i % 2 ? 13 : -13} ${step} 0`);
  return svg("path", { d: parts.join(""), class: "qnl-wave" });
}
