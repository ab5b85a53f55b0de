// Pictures of the fiber explorer: photons that thin out, a ruler of waiting times, and what the clicks are.

import { picture, svg, svgText } from "./dom.js";
import { duration } from "./numbers.js";

const YEAR_S = 31557600;

// A waiting time as people would say it.
export function waitText(seconds) {
  const years = seconds / YEAR_S;
  if (years >= 1e15) return `10${String(Math.round(Math.log10(years))).replace(/./g, (c) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[c])} years`;
  if (years >= 1e9) return `${Number((years / 1e9).toPrecision(2))} billion years`;
  if (years >= 1e6) return `${Number((years / 1e6).toPrecision(2))} million years`;
  return duration(seconds);
}

const PHOTONS = 60;
const LANES = 5;

// Of sixty photons, where each is lost: one in 60 after each further sixtieth of the light is gone.
export function makeJourney() {
  const height = 74;
  const [left, right] = [62, 84];
  const layer = (width, { length_km: length, loss_db: loss, insertion_loss_db: inserted }) => {
    if (!width) return [];
    const reach = width - left - right;
    const dots = [];
    let arrived = 0;
    for (let k = 0; k < PHOTONS; k++) {
      const survives = (k * 37 + 18) % PHOTONS; // in an order that does not look like one
      const lost_at = -10 * Math.log10((survives + 0.5) / PHOTONS); // dB
      const y = 12 + 11 * (k % LANES);
      if (lost_at >= loss) {
        arrived += 1;
        dots.push(svg("circle", { cx: left + reach + 9 + 7.5 * ((arrived - 1) % 10), cy: 8 + 9 * Math.floor((arrived - 1) / 10), r: 3, class: "qnl-tip qnl-bob" }));
      } else {
        const inside = lost_at <= inserted ? 0 : (lost_at - inserted) / (loss - inserted);
        const x = left + inside * reach;
        dots.push(svg("path", { d: `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`, class: "qnl-lost" }));
      }
    }
    return [
      svg("line", { x1: left, x2: left + reach, y1: 34, y2: 34, class: "qnl-fiber" }),
      svgText(4, 30, "60 start", { class: "qnl-text qnl-strong" }),
      ...dots,
      svgText(left + reach / 2, height - 3, `× lost on ${Number(length.toPrecision(6))} km`, { "text-anchor": "middle" }),
      svgText(width - 4, height - 3, `${arrived} arrive`, { "text-anchor": "end", class: "qnl-text qnl-strong" }),
    ];
  };
  const view = picture("Where sixty photons are lost", height, [layer]);
  return {
    ...view,
    draw: (line) => view.draw(`Of sixty photons ${Math.round(PHOTONS * 10 ** (-line.loss_db / 10))} arrive after ${line.length_km} km.`, line),
  };
}

const MARKS = [[1e-9, "1 ns"], [1e-6, "1 µs"], [1e-3, "1 ms"], [1, "1 s"], [3600, "1 h"], [YEAR_S, "1 year"], [1e3 * YEAR_S, "1000 y"], [1e6 * YEAR_S, "10⁶ y"], [13.8e9 * YEAR_S, "universe"]];
const [SHORTEST, LONGEST] = [1e-10, 1e19];

// Waiting times from a tenth of a nanosecond to beyond the age of the universe; a diamond where we are.
export function makeRuler() {
  const height = 40;
  const layer = (width, seconds) => {
    const x = (time) => 8 + (width - 40) * (Math.log10(time / SHORTEST) / Math.log10(LONGEST / SHORTEST));
    const at = x(Math.min(Math.max(seconds, SHORTEST), LONGEST));
    return [
      svg("line", { x1: x(SHORTEST), x2: x(LONGEST), y1: 12, y2: 12, class: "qnl-fiber" }),
      ...MARKS.flatMap(([time, label]) => [
        svg("line", { x1: x(time), x2: x(time), y1: 8, y2: 17, class: "qnl-bar" }),
        svgText(x(time), 31, label, { "text-anchor": "middle" }),
      ]),
      svg("path", { d: `M${at} 3l9 9l-9 9l-9 -9Z`, class: "qnl-diamond" }),
    ];
  };
  const view = picture("Waiting times, from a nanosecond to the age of the universe", height, [layer]);
  return { ...view, draw: (seconds) => view.draw(`The next photon comes in ${waitText(seconds)}.`, seconds) };
}

const KINDS_OF_CLICK = [["one", "one photon"], ["many", "two or more"], ["dark", "dark"]];

// Two bars of full length: what the clicks are, and what the wrong bits are.
export function makeStack(name) {
  const height = 74;
  const left = 76;
  const bar = (width, y, label, parts) => {
    let from = left;
    const whole = parts.reduce((sum, [, share]) => sum + share, 0);
    return [
      svgText(left - 8, y + 15, label, { "text-anchor": "end", class: "qnl-text qnl-strong" }),
      ...parts.flatMap(([kind, share, text]) => {
        const wide = whole > 0 ? (share / whole) * (width - left - 6) : 0;
        const start = from;
        from += wide;
        return [
          svg("rect", { x: start, y, width: Math.max(wide, 0), height: 22, class: `qnl-click qnl-click-${kind}`, "data-share": share, "data-kind": kind }),
          wide > text.length * 7 + 8 ? svgText(start + wide / 2, y + 15.5, text, { "text-anchor": "middle", class: `qnl-text qnl-on-${kind}` }) : null,
        ];
      }),
    ];
  };
  const layer = (width, { clicks, wrong, words }) => [
    ...bar(width, 2, "Clicks", clicks), ...bar(width, 28, "Wrong bits", wrong),
    svgText(left, height - 6, words),
  ];
  const view = picture(name, height, [layer]);
  return {
    ...view,
    draw(seen, percent) {
      const clicks = KINDS_OF_CLICK.map(([kind, text]) => [kind, seen[kind], text]);
      const wrong = [["one", Math.max(seen.wrong_light, 0), "light, misaligned"], ["dark", seen.wrong_dark, "dark, half of it"]];
      const words = clicks.map(([, share, text]) => `${text} ${percent(share / seen.gain)}`).join(" · ");
      view.draw(`Of the clicks: ${words}. Of the wrong bits: dark ${percent(seen.wrong_dark / seen.wrong)}.`, { clicks, wrong, words });
    },
  };
}
