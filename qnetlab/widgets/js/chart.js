// Lines over a range, points with error bars, and where we are now.

import { freshId, html, picture, say, svg, svgText } from "./dom.js";

const LEFT = 46;
const RIGHT = 64; // room for the names of limits
const TOP = 10;
const BOTTOM = 36;
const TWIN = 30; // a second axis, above

// Round numbers, at most `most` of them, from `low` to `high`.
function ticks(low, high, most) {
  const rough = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((size) => size >= rough * 0.999);
  const found = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9; i++) found.push(Number((i * step).toPrecision(12)));
  return found;
}

// Powers of ten, at most `most` of them.
function logTicks(low, high, most) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = Math.max(1, Math.ceil((last - first + 1) / most));
  const found = [];
  for (let power = last; power >= first; power -= step) found.unshift(Number(`1e${power}`));
  return found;
}

// A power of ten as people write it: 10⁻⁶, but 0.01, 1, 100.
function powerText(value) {
  const power = Math.round(Math.log10(value));
  if (power >= -2 && power <= 4) return String(Number(`1e${power}`));
  return `10${String(power).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c] ?? "⁻")}`;
}

// As many decimals as tell the ticks apart.
function decimalsOf(found) {
  const step = found.length > 1 ? found[1] - found[0] : 1;
  return Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
}

// Shares of an axis, 0 to 1. On a logarithmic one what is not above 0 has no place.
function scaleOf([low, high], log) {
  if (!log) return (value) => (value - low) / (high - low);
  return (value) => (value > 0 ? Math.log10(value / low) / Math.log10(high / low) : null);
}

function errorBar(point, x, y) {
  const [at, high, low] = [x(point.x), y(point.y + point.std_error), y(point.y - point.std_error)];
  const bar = (a, b, c, d) => svg("line", { x1: a, y1: b, x2: c, y2: d, class: "qnl-bar" });
  return svg(
    "g",
    { class: point.stale ? "qnl-measured qnl-stale" : "qnl-measured", "data-x": point.x, "data-y": point.y, "data-stale": String(Boolean(point.stale)) },
    bar(at, high, at, low),
    bar(at - 4, high, at + 4, high),
    bar(at - 4, low, at + 4, low),
    svg("circle", { cx: at, cy: y(point.y), r: 4, class: "qnl-dot" }),
  );
}

// A name in two short lines, around the height that it names.
function besidePlot(label, x, y) {
  const words = label.split(" ");
  const half = Math.floor(words.length / 2);
  const lines = [words.slice(0, half), words.slice(half)].map((part) => part.join(" ")).filter(Boolean);
  return lines.map((line, i) => svgText(x, y + 4 + 14 * (i - (lines.length - 1) / 2), line));
}

// A picture whose `draw(words, data)` takes { range: [low, high], lines: [{ kind, points: [[x, y]] }],
// measured: [{ x, y, std_error, stale }], here: { x, y } or null }. `chart` holds x_label, y_label, y_range; optional are
// limits (levels by name), x_log, y_log, x_ticks (where to write numbers), wide (as if there were powers of ten: below a
// chart that has them) and twin, a second axis above: { label, at: [[x, text]] }. A line is broken where a point has no
// place: not finite, or not above 0 on a logarithmic axis.
export function makeChart(chart, height) {
  const { x_label: xLabel, y_label: yLabel, y_range: yRange, x_log: xLog, y_log: yLog, twin } = chart;
  const top = twin ? TOP + TWIN : TOP;
  const limits = Object.entries(chart.limits ?? {});
  const left = yLog || chart.wide ? LEFT + 8 : LEFT; // powers of ten are wide
  const clip = freshId();
  const yShare = scaleOf(yRange, yLog);
  const floor = height - BOTTOM;
  const y = (value) => floor - (yShare(value) ?? -1) * (floor - top);
  const along = (width, range) => {
    const share = scaleOf(range, xLog);
    return (value) => left + share(value) * (width - left - RIGHT);
  };
  const inside = (...children) => [svg("g", { "clip-path": `url(#${clip})` }, ...children)];

  function frame(width, range) {
    const x = along(width, range);
    const level = (at, kind) => svg("line", { x1: left, x2: width - RIGHT, y1: y(at), y2: y(at), class: kind });
    const middle = top + (height - top - BOTTOM) / 2;
    const heights = yLog ? logTicks(...yRange, 6) : ticks(...yRange, 6);
    const places = chart.x_ticks ?? (xLog ? logTicks(...range, 8) : ticks(...range, 8));
    const decimals = decimalsOf(heights);
    return [
      svg("clipPath", { id: clip }, svg("rect", { x: left - 10, y: 0, width: width - left - RIGHT + 20, height: height - BOTTOM })),
      ...heights.flatMap((value) => [
        level(value, "qnl-grid"),
        svgText(left - 7, y(value) + 4, yLog ? powerText(value) : value.toFixed(decimals), { "text-anchor": "end" }),
      ]),
      ...places.map((value) =>
        svgText(x(value), floor + 17, xLog ? powerText(value) : String(value), { "text-anchor": "middle" })),
      svgText(left + (width - left - RIGHT) / 2, height - 4, xLabel, { "text-anchor": "middle" }),
      svg("text", { class: "qnl-text", transform: `translate(12 ${middle}) rotate(-90)`, "text-anchor": "middle" }, yLabel),
      ...limits.flatMap(([label, at]) => [level(at, "qnl-limit"), ...besidePlot(label, width - RIGHT + 6, y(at))]),
      ...(twin ? above(width, x, range) : []),
    ];
  }

  // The second axis: its numbers stand where its ticks are, as many as have room.
  function above(width, x, [low, high]) {
    let free = -Infinity;
    const numbers = twin.at.filter(([at]) => at >= low && at <= high).flatMap(([at, text]) => {
      const half = text.length * 3.5 + 3;
      const tick = svg("line", { x1: x(at), x2: x(at), y1: top - 5, y2: top, class: "qnl-bar" });
      if (x(at) - half < free) return [tick];
      free = x(at) + half;
      return [tick, svgText(x(at), top - 9, text, { "text-anchor": "middle" })];
    });
    return [
      svg("line", { x1: left, x2: width - RIGHT, y1: top, y2: top, class: "qnl-grid" }), ...numbers,
      svgText(left + (width - left - RIGHT) / 2, 12, twin.label, { "text-anchor": "middle" }),
    ];
  }

  // The parts of a line between places where it has none.
  function unbroken(points) {
    const parts = [[]];
    for (const point of points) {
      if (Number.isFinite(point[1]) && yShare(point[1]) !== null) parts.at(-1).push(point);
      else if (parts.at(-1).length) parts.push([]);
    }
    return parts.filter((part) => part.length);
  }

  function curves(width, { range, lines }) {
    const x = along(width, range);
    const path = (points) => points.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(" ");
    return inside(...lines.flatMap(({ kind, points }) =>
      unbroken(points).map((part) => svg("polyline", { points: path(part), class: `qnl-line qnl-${kind}` }))));
  }

  function marks(width, { range, measured, here }) {
    const x = along(width, range);
    const line = here && svg("line", { x1: x(here.x), x2: x(here.x), y1: top, y2: floor, class: "qnl-here" });
    return inside(
      line,
      here && unbroken([[here.x, here.y]]).length ? svg("path", { d: diamond(x(here.x), y(here.y), 9), class: "qnl-diamond" }) : null,
      ...measured.map((point) => errorBar(point, x, y)),
    );
  }

  const view = picture(`${yLabel} against ${xLabel}`, height, [frame, curves, marks]);
  return {
    ...view,
    draw: (words, { range, lines, measured = [], here = null }) =>
      view.draw(words, range, { range, lines }, { range, measured, here }),
  };
}

// What the marks mean: [mark, kind] each; `draw(texts, stale)` gives them their words, null for a mark that is not shown.
export function makeLegend(entries) {
  const marks = {
    line: (kind) => [svg("line", { x1: 0, x2: 26, y1: 7, y2: 7, class: `qnl-line qnl-${kind}` })],
    here: () => [svg("path", { d: diamond(13, 7, 6), class: "qnl-diamond" })],
    dot: () => [
      svg("line", { x1: 13, x2: 13, y1: 0, y2: 14, class: "qnl-bar" }),
      svg("circle", { cx: 13, cy: 7, r: 4, class: "qnl-dot" }),
    ],
  };
  const texts = entries.map(() => html("span"));
  const items = entries.map(([mark, kind], i) =>
    html("li", { "data-mark": mark }, svg("svg", { width: 26, height: 14, "aria-hidden": "true" }, ...marks[mark](kind)), texts[i]),
  );
  return {
    node: html("ul", { class: "qnl-legend" }, ...items),
    draw(words, stale) {
      words.forEach((text, i) => {
        items[i].hidden = text === null;
        items[i].classList.toggle("qnl-stale", Boolean(stale) && entries[i][0] === "dot");
        if (text !== null) say(texts[i], text);
      });
    },
  };
}

function diamond(x, y, r) {
  return `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`;
}
