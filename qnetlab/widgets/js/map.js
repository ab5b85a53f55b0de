// A map whose nodes can be dragged, by pointer or with arrow keys. Its handles stay while the rest is drawn anew, so that
// the keyboard does not lose its place.

import { html, svg, svgText } from "./dom.js";

const MAP_EDGE = 26; // room around the map for names
const MAP_MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

// `size`: { wide_km, high_km, names }; `moved(i, x, y)` is called with km. `draw(words, { at, under })`: where the nodes
// stand, and the function (place) -> elements that lie under them, `place` giving pixels for km.
export function makeMap(size, height, moved) {
  const under = svg("g");
  const handles = size.names.map((name, i) => {
    const label = svgText(0, -16, name, { "text-anchor": "middle", class: "qnl-text qnl-strong qnl-halo" });
    return svg("g", { class: "qnl-node", tabindex: 0, role: "button", "data-node": i },
      svg("circle", { r: 14, class: "qnl-grip" }), svg("circle", { r: 8, class: "qnl-place" }), label);
  });
  const picture = svg("svg", { role: "group", "aria-label": "The map: nodes can be moved with arrow keys", height, class: "qnl-picture qnl-map", "data-picture": "The map" }, under, ...handles);
  const words = html("p", { class: "qnl-unseen" });
  let [width, last] = [0, null];

  const scale = () => Math.min((width - 2 * MAP_EDGE - 20) / size.wide_km, (height - 2 * MAP_EDGE) / size.high_km);
  const left = () => (width - scale() * size.wide_km) / 2;
  const place = ([x, y]) => [left() + x * scale(), height - MAP_EDGE + 8 - y * scale()];
  const within = (value, most) => Math.max(0, Math.min(most, Math.round(value)));

  function redraw() {
    if (!width || !last) return;
    picture.setAttribute("viewBox", `0 0 ${width} ${height}`);
    under.replaceChildren(...last.under(place));
    handles.forEach((handle, i) => {
      const [x, y] = last.at[i];
      handle.setAttribute("transform", `translate(${place([x, y]).map((at) => at.toFixed(1)).join(" ")})`);
      handle.setAttribute("aria-label", `${size.names[i]}, ${Math.round(x)} km to the east, ${Math.round(y)} km to the north`);
    });
  }

  function to(i, x, y) {
    const [near, far] = [within(x, size.wide_km), within(y, size.high_km)];
    if (near !== last.at[i][0] || far !== last.at[i][1]) moved(i, near, far);
  }

  handles.forEach((handle, i) => {
    handle.addEventListener("keydown", (event) => {
      const step = MAP_MOVES[event.key];
      if (!step) return;
      event.preventDefault();
      const by = event.shiftKey ? 10 : 1;
      to(i, last.at[i][0] + by * step[0], last.at[i][1] + by * step[1]);
    });
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", (event) => {
      if (!handle.hasPointerCapture(event.pointerId)) return;
      const box = picture.getBoundingClientRect();
      to(i, (event.clientX - box.left - left()) / scale(), (height - MAP_EDGE + 8 - (event.clientY - box.top)) / scale());
    });
  });

  const watch = new ResizeObserver(([entry]) => {
    const seen = Math.round(entry.contentRect.width);
    if (seen === width) return;
    width = seen;
    redraw();
  });
  watch.observe(picture);
  return {
    node: html("div", { class: "qnl-mapped" }, picture, words),
    draw(said, data) {
      if (words.textContent !== said) words.textContent = said;
      last = data;
      redraw();
    },
    close: () => watch.disconnect(),
  };
}
