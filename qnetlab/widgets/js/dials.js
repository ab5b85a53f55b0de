// Measuring directions on a dial: Z up, X to the right, each an arrow with its name.

import { picture, svg, svgText } from "./dom.js";

// A picture whose `draw(words, { up, right, arrows })` takes the names of the two axes, and arrows { name, degrees, kind }.
export function makeDial(name, height = 172) {
  return picture(name, height, [(width, data) => dialAt(width / 2, height / 2, height / 2 - 24, data)]);
}

// The elements of a dial with its center and radius. Arrows that point alike get their names side by side.
export function dialAt(cx, cy, r, { up, right, arrows }) {
  const at = (degrees, length) => {
    const angle = (degrees * Math.PI) / 180;
    return [cx + length * Math.sin(angle), cy - length * Math.cos(angle)];
  };
  const same = (a, b) => Math.abs(((a - b + 540) % 360) - 180) < 8;
  const labels = [];
  for (const arrow of arrows) {
    const found = labels.find((label) => same(label.degrees, arrow.degrees));
    if (found) found.name += `, ${arrow.name}`;
    else labels.push({ ...arrow });
  }
  const line = (degrees, kind) => {
    const [x, y] = at(degrees, r);
    return svg("line", { x1: cx, y1: cy, x2: x, y2: y, class: `qnl-arrow qnl-${kind}` });
  };
  const tip = (degrees, kind) => {
    const [x, y] = at(degrees, r);
    return svg("path", {
      d: "M0 -6L5 6L-5 6Z", class: `qnl-tip qnl-${kind}`, transform: `translate(${x} ${y}) rotate(${degrees})`,
    });
  };
  return [
    svg("circle", { cx, cy, r, class: "qnl-ball" }),
    svg("line", { x1: cx, x2: cx, y1: cy - r, y2: cy + r, class: "qnl-axis" }),
    svg("line", { x1: cx - r, x2: cx + r, y1: cy, y2: cy, class: "qnl-axis" }),
    ...(r > 40 ? [svgText(cx + 4, cy + r - 5, `−${up}`), svgText(cx - r + 3, cy - 4, `−${right}`)] : []),
    svgText(cx + 4, cy - r + 14, up),
    svgText(cx + r - 3, cy - 4, right, { "text-anchor": "end" }),
    ...arrows.flatMap(({ degrees, kind }) => [line(degrees, kind), tip(degrees, kind)]),
    ...labels.map(({ degrees, name: text }) => {
      const [x, y] = at(degrees, r + 13);
      return svgText(x, y + 4, text, { "text-anchor": "middle", class: "qnl-text qnl-strong" });
    }),
  ];
}
