// Pictures of the satellite explorer: the pass over the station with its beam, and twice the distance in space and in glass.

import { picture, svg, svgText } from "./dom.js";

const SKY_HEIGHT = 150;
const SKY_GROUND = 22; // room below the station
const SPOT = 118; // room for the beam's cross section

// The pass to scale, the beam much widened; beside it the beam's spot on the ground around the telescope.
export function makeSky() {
  const layer = (width, { seen, path, telescope_m }) => {
    const wide = width - SPOT - 12;
    const reach = Math.max(...path.map(([x]) => Math.abs(x)), 1);
    const top = Math.max(...path.map(([, y]) => y), 1);
    const floor = SKY_HEIGHT - SKY_GROUND;
    const scale = Math.min((wide / 2 - 34) / reach, (floor - 30) / top);
    const x = (along) => wide / 2 + along * scale;
    const y = (up) => floor - up * scale;
    const [sx, sy] = [x(seen.along_km), y(seen.up_km)];
    const away = Math.hypot(sx - x(0), sy - floor);
    const nx = ((floor - sy) / away) * 9;
    const middle = SPOT / 2;
    const beam = 40;
    const telescope = Math.max(1.5, Math.min((beam * telescope_m) / seen.beam_m, 46));
    const left = width - SPOT;
    return [
      svg("line", { x1: 6, x2: wide - 6, y1: floor, y2: floor, class: "qnl-fiber" }),
      svg("polyline", { points: path.map(([a, b]) => `${x(a).toFixed(1)},${y(b).toFixed(1)}`).join(" "), class: "qnl-track" }),
      svg("path", { d: `M${sx} ${sy}L${x(0) + nx} ${floor}L${x(0) - nx} ${floor}Z`, class: "qnl-beam" }),
      svg("path", { d: `M${x(0) - 9} ${floor}a9 9 0 0 1 18 0Z`, class: "qnl-tip qnl-bob" }),
      svg("rect", { x: sx - 12, y: sy - 2.5, width: 24, height: 5, class: "qnl-wing" }),
      svg("rect", { x: sx - 4, y: sy - 5, width: 8, height: 10, class: "qnl-tip qnl-message" }),
      svgText(sx, sy - 11, `${seen.range_km.toFixed(0)} km`, { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
      svgText(x(0), SKY_HEIGHT - 6, `station; satellite at ${seen.elevation_deg.toFixed(0)}° above the horizon`, { "text-anchor": "middle" }),
      svg("circle", { cx: left + middle, cy: 52, r: beam, class: "qnl-spot" }),
      svg("circle", { cx: left + middle, cy: 52, r: telescope, class: "qnl-tip qnl-bob" }),
      svgText(left + middle, 112, `beam ${meters(seen.beam_m)}`, { "text-anchor": "middle", class: "qnl-text qnl-strong" }),
      svgText(left + middle, 128, `telescope ${meters(telescope_m)}`, { "text-anchor": "middle" }),
    ];
  };
  const view = picture("The pass over the station, and the beam on the ground", SKY_HEIGHT, [layer]);
  return {
    ...view,
    draw: (data) => view.draw(
      `The satellite is ${data.seen.range_km.toFixed(0)} km away and ${data.seen.elevation_deg.toFixed(0)} degrees high. On the ground its beam is ${meters(data.seen.beam_m)} wide, the telescope ${meters(data.telescope_m)}.`, data),
  };
}

function meters(size) {
  if (!Number.isFinite(size)) return "endless";
  return size >= 1000 ? `${(size / 1000).toFixed(1)} km` : `${size >= 100 ? size.toFixed(0) : Number(size.toPrecision(2))} m`;
}

const TWICE_HEIGHT = 64;
const PARTS = [["diffraction", "spreading"], ["pointing", "pointing"], ["atmosphere", "air"], ["rest", "optics"]];

// Two bars of decibels: what space loses here and what twice the distance adds, and the same for glass.
export function makeTwice() {
  const layer = (width, seen) => {
    const left = 52;
    const most = Math.max(2 * seen.loss, seen.loss + seen.twice, 1);
    const scale = (width - left - 8) / most;
    const block = (y, from, db, kind, text) => {
      const wide = Math.max(db * scale, 0);
      return [
        svg("rect", { x: left + from * scale, y, width: wide, height: 20, class: `qnl-db qnl-db-${kind}`, "data-db": db, "data-kind": kind }),
        wide > text.length * 7 + 8 ? svgText(left + (from + db / 2) * scale, y + 14.5, text, { "text-anchor": "middle", class: `qnl-text qnl-on-db-${kind}` }) : null,
      ];
    };
    let from = 0;
    const { losses } = seen;
    const parts = PARTS.flatMap(([kind, text]) => {
      const db = kind === "rest" ? losses.truncation + losses.receiver : losses[kind];
      const drawn = block(2, from, db, kind, text);
      from += db;
      return drawn;
    });
    return [
      svgText(left - 8, 16.5, "Space", { "text-anchor": "end", class: "qnl-text qnl-strong" }), ...parts,
      ...block(2, seen.loss, seen.twice, "more", `+${seen.twice.toFixed(1)} dB`),
      svgText(left - 8, 40.5, "Glass", { "text-anchor": "end", class: "qnl-text qnl-strong" }),
      ...block(26, 0, seen.loss, "glass", `${seen.fiber_km.toFixed(0)} km of fiber`), ...block(26, seen.loss, seen.loss, "more", `twice as far: +${seen.loss.toFixed(1)} dB`),
      svgText(left, TWICE_HEIGHT - 4, "decibels; dashed: what twice the distance adds"),
    ];
  };
  const view = picture("Twice the distance, in space and in glass", TWICE_HEIGHT, [layer]);
  return {
    ...view,
    draw: (seen) => view.draw(`Now ${seen.loss.toFixed(1)} dB: spreading ${seen.losses.diffraction.toFixed(1)}, pointing ${seen.losses.pointing.toFixed(1)}, air ${seen.losses.atmosphere.toFixed(1)}, optics ${(seen.losses.truncation + seen.losses.receiver).toFixed(1)}. Twice as far costs ${seen.twice.toFixed(1)} dB more in space, ${seen.loss.toFixed(1)} dB more in glass.`, seen),
  };
}
