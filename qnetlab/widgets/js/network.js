// The network explorer: which way, and who gets the links?

import { html, say, svg, svgText } from "./dom.js";
import { makeExplorer } from "./explorer.js";
import { makeMap } from "./map.js";
import { networkShares } from "./theory_network.js";

const MAP_HEIGHT = 300;
const ASIDE = 3.5; // px between two routes over one link
const WANTED = [["rate", "Pairs/s", 1], ["fidelity", "Fidelity", 4], ["key", "Key, bit/s", 1], ["alone", "Pairs/s alone", 1]];
const ROUTE_KINDS = ["qnl-one", "qnl-two"];

// The numbers of one setting, by the names that Python gives them.
export function networkReadings(p, config) {
  const { shares } = networkShares(p, config);
  return Object.fromEntries(shares.flatMap((share, i) => WANTED.map(([name]) => [`${name}_${i + 1}`, share[name]])));
}

const wayText = (way, config) => way.nodes.slice(1, -1).map((i) => config.nodes[i]).join("–");
const over = (way, config) => (way.nodes.length > 2 ? `over ${wayText(way, config)}` : "directly");
const pairText = ([a, b], config) => `${config.nodes[a]} and ${config.nodes[b]}`;

export function networkSentence(shares, config) {
  const [one, other] = shares;
  const shared = one.ways.flatMap((way) => way.edges).filter((k) => other.ways.some((way) => way.edges.includes(k)));
  const start = `${pairText(config.requests[0], config)} go ${over(one.ways[0], config)}, ${pairText(config.requests[1], config)} ${over(other.ways[0], config)}.`;
  if (!shared.length) return `${start} No link is wanted twice: each gets what it would get alone.`;
  const [a, b] = config.edges[shared[0]].ends;
  const lost = (share) => (share.alone > 0 ? 100 * (1 - share.rate / share.alone) : 0);
  const costs = `Both want the link ${config.nodes[a]}–${config.nodes[b]}: that costs ${lost(one).toFixed(0)} % and ${lost(other).toFixed(0)} % of their pairs.`;
  const quiet = shares.every((share) => !(share.key > 0)) ? " Pairs come, and no secret key with them: too many errors." : "";
  return `${start} ${costs}${quiet}`;
}

// A line beside the straight one, so that two routes over a link are both seen.
function besides([[x1, y1], [x2, y2]], by) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const [dx, dy] = [(-by * (y2 - y1)) / length, (by * (x2 - x1)) / length];
  return { x1: x1 + dx, y1: y1 + dy, x2: x2 + dx, y2: y2 + dy };
}

// Where a word about a line stands: above its middle, or to the side of a steep one.
function beside([[x1, y1], [x2, y2]]) {
  const length = Math.hypot(x2 - x1, y2 - y1) || 1;
  const up = x2 < x1 ? -1 : 1;
  const [nx, ny] = [(up * (y2 - y1)) / length, (-up * (x2 - x1)) / length];
  const anchor = Math.abs(nx) < 0.25 ? "middle" : nx > 0 ? "start" : "end";
  return [(x1 + x2) / 2 + 9 * nx, (y1 + y2) / 2 + (anchor === "middle" ? 12 : 9) * ny + 3, anchor];
}

function underNodes(seen, config, at) {
  return (place) => {
    const ends = config.edges.map(({ ends: [a, b] }) => [place(at[a]), place(at[b])]);
    const links = ends.map((line) => svg("line", { ...besides(line, 0), class: "qnl-fiber" }));
    const routes = seen.shares.flatMap((share, request) => share.ways.flatMap((way, i) => way.edges.map((k) =>
      svg("line", { ...besides(ends[k], request ? ASIDE : -ASIDE), class: `qnl-line qnl-route ${ROUTE_KINDS[request]}${i ? " qnl-second" : ""}` }))));
    const words = ends.map((line, k) => {
      const [x, y, anchor] = beside(line);
      return svgText(x, y, `${seen.links[k].length_km.toFixed(0)} km, ${(100 * seen.chances[k]).toFixed(0)} %`, { "text-anchor": anchor, class: "qnl-text qnl-halo" });
    });
    return [...links, ...routes, ...words];
  };
}

function scene(config, change) {
  let also = {}; // the other coordinate of a node that moves
  const names = config.nodes.map((name) => name.toLowerCase());
  const map = makeMap({ wide_km: config.wide_km, high_km: config.high_km, names: config.nodes }, MAP_HEIGHT, (i, x, y) => {
    also = { [`${names[i]}_y`]: y };
    change(`${names[i]}_x`, x);
    also = {};
  });
  const cells = config.requests.map((ends, i) => ({
    way: html("td", { class: "qnl-way" }),
    ...Object.fromEntries(WANTED.map(([name]) => [name, html("td", { "data-number": `${name}_${i + 1}` })])),
  }));
  const rows = config.requests.map((ends, i) => html("tr", {},
    html("th", { scope: "row" }, html("span", { class: `qnl-key ${ROUTE_KINDS[i]}` }), pairText(ends, config)),
    cells[i].way, ...WANTED.map(([name]) => cells[i][name])));
  const table = html("table", { class: "qnl-requests" },
    html("thead", {}, html("tr", {}, html("th", { scope: "col" }, "Who"), html("th", { scope: "col" }, "Route"),
      ...WANTED.map(([, label]) => html("th", { scope: "col" }, label)))),
    html("tbody", {}, ...rows));
  const note = html("p", { class: "qnl-note" },
    "Drag a node, or choose it with Tab and move it with the arrow keys. Beside each link: its length, and in how many of 100 time slots it has a pair.");
  const node = html("div", { class: "qnl-figures qnl-networked" }, map.node, table, note);

  function draw({ parameters: p }) {
    const seen = networkShares(p, config);
    const at = names.map((name) => [p[`${name}_x`], p[`${name}_y`]]);
    seen.shares.forEach((share, i) => {
      say(cells[i].way, share.ways.map((way) => over(way, config)).join("; else "));
      for (const [name, , digits] of WANTED) say(cells[i][name], share[name].toFixed(digits));
    });
    map.draw(config.edges.map(({ ends: [a, b] }, k) => `${config.nodes[a]} to ${config.nodes[b]}: ${seen.links[k].length_km.toFixed(0)} km.`).join(" "),
      { at, under: underNodes(seen, config, at) });
    return networkSentence(seen.shares, config);
  }

  return {
    node,
    draw,
    settle: (_, next) => Object.assign(next, also),
    close: map.close,
  };
}

export default makeExplorer(scene);
