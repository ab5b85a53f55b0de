// Making elements: the only place that talks to the document.

const SVG = "http://www.w3.org/2000/svg";

function filled(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

// An id that no other panel on the page has.
export function freshId() {
  return `qnl-${Math.random().toString(36).slice(2, 10)}`;
}

export function html(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), attributes, children);
}

export function svgText(x, y, text, attributes = {}) {
  return svg("text", { x, y, class: "qnl-text", ...attributes }, text);
}

// Text that is set again without being changed would be laid out and read aloud again.
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// An SVG that is as wide as its place and drawn in real pixels, so that its text never shrinks. It has layers, each a
// function (width, data) -> children. `draw(words, data)` gives each layer its data, redraws those whose data changed,
// and says in words what the picture shows.
export function picture(name, height, layers) {
  const desc = svg("desc");
  const groups = layers.map(() => svg("g"));
  const node = svg("svg", { role: "img", height, class: "qnl-picture", "data-picture": name }, svg("title", {}, name), desc, ...groups);
  let width = 0;
  let shown = [];
  let wanted = [];
  const redraw = () => {
    if (!width || !wanted.length) return;
    const keys = wanted.map((data) => JSON.stringify(data));
    layers.forEach((layer, i) => {
      if (keys[i] !== shown[i]) groups[i].replaceChildren(...layer(width, wanted[i]));
    });
    shown = keys;
  };
  const watch = new ResizeObserver(([entry]) => {
    const seen = Math.round(entry.contentRect.width);
    if (seen === width) return;
    width = seen;
    node.setAttribute("viewBox", `0 0 ${width} ${height}`);
    shown = [];
    redraw();
  });
  watch.observe(node);
  return {
    node,
    draw(words, ...data) {
      wanted = data;
      say(desc, words);
      redraw();
    },
    close: () => watch.disconnect(),
  };
}
