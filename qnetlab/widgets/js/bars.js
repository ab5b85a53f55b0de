// A few bars between 0 and 1, each with its name and its height in digits.

import { picture, svg, svgText } from "./dom.js";

const ABOVE = 22; // room for the digits
const UNDER = 20; // room for the names

// A picture whose `draw(words, bars)` takes bars { name, share, wanted }: a wanted one is filled, the others are hollow.
export function makeBars(name, height = 158) {
  const floor = height - UNDER;
  const ground = (width) => [
    svg("line", { x1: 4, x2: width - 4, y1: ABOVE, y2: ABOVE, class: "qnl-grid" }),
    svg("line", { x1: 4, x2: width - 4, y1: floor + 0.5, y2: floor + 0.5, class: "qnl-sphere" }),
  ];
  const columns = (width, bars) => bars.flatMap(({ name: label, share, wanted }, i) => {
    const room = (width - 8) / bars.length;
    const middle = 4 + room * (i + 0.5);
    const tall = Math.max(share * (floor - ABOVE), 0.5);
    return [
      svg("rect", {
        x: middle - room * 0.34, y: floor - tall, width: room * 0.68, height: tall, rx: 2,
        class: wanted ? "qnl-tip qnl-message" : "qnl-bit", "data-share": share,
      }),
      svgText(middle, floor - tall - 5, share.toFixed(2), { "text-anchor": "middle" }),
      svgText(middle, height - 5, label, { "text-anchor": "middle", class: wanted ? "qnl-text qnl-strong" : "qnl-text" }),
    ];
  });
  const view = picture(name, height, [ground, columns]);
  return { ...view, draw: (words, bars) => view.draw(words, null, bars) };
}
