// One run of a chain in space and time: pairs are made, known to be there, joined, and told about.

import { picture, svg, svgText } from "./dom.js";
import { duration } from "./numbers.js";

const SPACE_TIME_HEIGHT = 196;
const [ABOVE, SIDE, CLOCK] = [20, 26, 74]; // room for names, for half a name, for times

// A picture whose `draw(words, now)` takes { step, delays, herald, lost, waits }: the links' delays in seconds, whether
// there is a herald, whether the bits are lost on their way, and whether the ends wait for them.
export function makeSpaceTime() {
  return picture("One run in space and time", SPACE_TIME_HEIGHT, [worldLines]);
}

export function nodeNames(links) {
  const stations = links === 2 ? ["Charlie"] : Array.from({ length: links - 1 }, (_, i) => `C${i + 1}`);
  return ["Alice", ...stations, "Bob"];
}

function worldLines(width, { step, delays, herald, lost, waits }) {
  const total = delays.reduce((sum, delay) => sum + delay, 0);
  const real = total > 0 ? delays : delays.map(() => 1); // without length: drawn as if there were some
  const length = real.reduce((sum, delay) => sum + delay, 0);
  const ready = Math.max(...real.map((delay) => delay / 2 + (herald ? delay : 0)));
  const end = ready + length - real[0];
  const bottom = SPACE_TIME_HEIGHT - 8;
  const place = real.reduce((found, delay) => [...found, found.at(-1) + delay], [0]);
  const x = (at) => SIDE + (at / length) * (width - SIDE - CLOCK);
  const y = (time) => ABOVE + 4 + (time / end) * (bottom - ABOVE - 4);
  const line = (a, b, c, d, kind) => svg("line", { x1: x(a), y1: y(b), x2: x(c), y2: y(d), class: kind });
  const last = place.length - 1;

  const names = nodeNames(delays.length).map((name, i) =>
    svgText(x(place[i]), 12, name, { "text-anchor": "middle", class: "qnl-text qnl-strong" }));
  const photons = real.flatMap((delay, i) => {
    const middle = place[i] + delay / 2;
    return [
      line(middle, 0, place[i], delay / 2, "qnl-flight"), line(middle, 0, place[i + 1], delay / 2, "qnl-flight"),
      svg("circle", { cx: x(middle), cy: y(0), r: 4, class: "qnl-source" }),
    ];
  });
  const heralds = step < 2 || !herald ? [] : real.flatMap((delay, i) => [
    line(place[i], delay / 2, place[i + 1], 1.5 * delay, "qnl-told"), line(place[i + 1], delay / 2, place[i], 1.5 * delay, "qnl-told"),
  ]);
  // A memory holds its half from the photon's arrival until it is used.
  const arrival = (i) => Math.min(...[real[i - 1], real[i]].filter((delay) => delay !== undefined)) / 2;
  const now = [Math.max(...real) / 2, ready, ready, end][step - 1];
  const kept = place.map((at, i) => line(at, arrival(i), at, !waits || (i > 0 && i < last) ? Math.min(now, ready) : now, "qnl-kept-half"));
  const stations = step < 3 ? [] : place.slice(1, last).map((at) =>
    svg("rect", { x: x(at) - 8, y: y(ready) - 8, width: 16, height: 16, rx: 3, class: "qnl-joined" }));
  const bits = step < 4 ? [] : place.slice(1, last).flatMap((at) => {
    const way = place[last] - at;
    const stop = lost ? 0.4 : 1;
    const [px, py] = [x(at + stop * way), y(ready + stop * way)];
    const cross = lost ? [svg("path", { d: `M${px - 6} ${py - 6}l12 12M${px + 6} ${py - 6}l-12 12`, class: "qnl-lost-bit" })] : [];
    return [line(at, ready, at + stop * way, ready + stop * way, "qnl-told qnl-bits"), ...cross];
  });
  const marks = [[0, "pairs out", 0], [ready, step < 2 ? null : "measured", 3], [end, step < 4 || lost ? null : "told", 4]];
  const clock = marks.flatMap(([time, what, from]) => what === null || step < from ? [] : [
    svgText(width - CLOCK + 18, y(time) + (time === 0 ? 8 : time === end ? -6 : 0), what),
    ...(time > 0 && total > 0 ? [svgText(width - CLOCK + 18, y(time) + (time === end ? 8 : 14), duration(time))] : []),
  ]);
  return [...names, ...kept, ...photons, ...heralds, ...bits, ...stations, ...clock];
}
