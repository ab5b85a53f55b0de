// A Bloch sphere seen from a little above. Arrows are [x, y, z]; the picture says in words what it shows.

import { picture, svg, svgText } from "./dom.js";

const AZIMUTH = (48 * Math.PI) / 180;
const ELEVATION = (20 * Math.PI) / 180;
const AXES = [["|0⟩", [0, 0, 1]], ["|1⟩", [0, 0, -1]], ["|+⟩", [1, 0, 0]], ["|−⟩", [-1, 0, 0]], ["|+i⟩", [0, 1, 0]], ["|−i⟩", [0, -1, 0]]];

// Right and up on the paper, and toward the eye.
function projected([x, y, z]) {
  const toward = x * Math.cos(AZIMUTH) + y * Math.sin(AZIMUTH);
  return [
    -x * Math.sin(AZIMUTH) + y * Math.cos(AZIMUTH),
    z * Math.cos(ELEVATION) - toward * Math.sin(ELEVATION),
    z * Math.sin(ELEVATION) + toward * Math.cos(ELEVATION),
  ];
}

// A name outside of the sphere, where its axis points.
function axisLabel(text, vector, center, radius) {
  const [right, up] = projected(vector);
  const length = Math.hypot(right, up);
  const [x, y] = [center[0] + (right / length) * (radius + 6), center[1] - (up / length) * (radius + 6)];
  const side = Math.abs(right) < 0.1 ? "middle" : right > 0 ? "start" : "end";
  return svgText(x, y + (side === "middle" ? (up > 0 ? 0 : 9) : 4), text, { "text-anchor": side });
}

function equator(onPaper, front) {
  const points = [];
  for (let i = 0; i <= 60; i++) {
    // Start where the equator turns to the back, so that each half is one piece.
    const angle = AZIMUTH + (front ? -Math.PI / 2 : Math.PI / 2) + (i * Math.PI) / 60;
    points.push(onPaper([Math.cos(angle), Math.sin(angle), 0]).join(","));
  }
  return svg("polyline", { points: points.join(" "), class: front ? "qnl-sphere" : "qnl-sphere qnl-behind" });
}

function arrow(onPaper, vector, kind) {
  const [x0, y0] = onPaper([0, 0, 0]);
  const [x1, y1] = onPaper(vector);
  const length = Math.hypot(x1 - x0, y1 - y0);
  const head = Math.min(11, length);
  const [ux, uy] = length > 1e-9 ? [(x1 - x0) / length, (y1 - y0) / length] : [0, -1];
  const [bx, by] = [x1 - ux * head, y1 - uy * head];
  const [footX, footY] = onPaper([vector[0], vector[1], 0]);
  const parts = [];
  if (kind !== "ghost") {
    parts.push(svg("line", { x1, y1, x2: footX, y2: footY, class: "qnl-drop" }));
    if (length < 4) parts.push(svg("circle", { cx: x0, cy: y0, r: 6, class: `qnl-tip qnl-${kind}` }));
  }
  parts.push(
    svg("line", { x1: x0, y1: y0, x2: bx, y2: by, class: `qnl-arrow qnl-${kind}` }),
    svg("polygon", {
      points: `${x1},${y1} ${bx - uy * head * 0.42},${by + ux * head * 0.42} ${bx + uy * head * 0.42},${by - ux * head * 0.42}`,
      class: `qnl-tip qnl-${kind}`,
    }),
  );
  return parts;
}

// A picture whose `draw(words, arrows)` takes arrows { vector, kind }, kind "message", "bob" or "ghost" (dashed, to
// compare with).
export function makeBloch(name, height = 158) {
  const radius = height / 2 - 20;
  const paper = (width) => (vector) => {
    const [right, up] = projected(vector);
    return [width / 2 + right * radius, height / 2 - up * radius];
  };
  const ball = (width) => {
    const onPaper = paper(width);
    const axes = [[1, 0, 0], [0, 1, 0], [0, 0, 1]].map((axis) => {
      const [x1, y1] = onPaper(axis.map((c) => -c));
      const [x2, y2] = onPaper(axis);
      return svg("line", { x1, y1, x2, y2, class: "qnl-axis" });
    });
    return [
      svg("circle", { cx: width / 2, cy: height / 2, r: radius, class: "qnl-ball" }),
      equator(onPaper, false),
      ...axes,
      equator(onPaper, true),
      ...AXES.map(([text, at]) => axisLabel(text, at, [width / 2, height / 2], radius)),
    ];
  };
  const view = picture(name, height, [
    ball,
    (width, arrows) => arrows.flatMap(({ vector, kind }) => arrow(paper(width), vector, kind)),
  ]);
  return { ...view, draw: (words, arrows) => view.draw(words, null, arrows) };
}
