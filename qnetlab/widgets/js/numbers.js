// How numbers look, on the wire and on the screen.

// JSON has no infinity: it travels as the word "inf".
export function real(value) {
  return value === "inf" ? Infinity : value;
}

const LARGE = [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]];
const PREFIXES = [[1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"]];

// Seconds, meters, hertz or bits with a prefix: 0.0125 s is 12.5 ms.
function prefixed(value, unit) {
  if (value === 0) return `0 ${unit}`;
  const known = unit === "Hz" || unit === "bit" ? [...LARGE, ...PREFIXES] : PREFIXES; // nobody counts kiloseconds
  const [size, prefix] = known.find(([size]) => value >= size * 0.9995) ?? known.at(-1);
  return `${Number((value / size).toPrecision(3))} ${prefix}${unit}`;
}

// `how`: "fixed:3" digits, "plain", "si" (prefixes), "degrees" (from radians).
export function shown(value, how = "plain", unit = "") {
  if (value === "given") return "as given";
  if (value === "inf" || value === Infinity) return "∞";
  const space = unit && unit !== "°" ? ` ${unit}` : unit;
  if (how.startsWith("fixed:")) return value.toFixed(Number(how.slice(6))) + space;
  if (how === "si") return prefixed(value, unit);
  if (how === "degrees") return `${Number(((value * 180) / Math.PI).toFixed(2))}°`;
  return `${Number(value.toPrecision(6))}${space}`;
}

// A sampled number with its error, in as many digits as the error has to say: never "± 0.000".
export function withError({ y, std_error }, least = 2) {
  const needed = std_error > 0 ? -Math.floor(Math.log10(std_error)) : least;
  const count = Math.min(6, Math.max(least, needed));
  return `${y.toFixed(count)} ± ${std_error.toFixed(count)}`;
}

// A waiting time in the unit people would use.
export function duration(seconds) {
  const units = [[31557600, "year"], [86400, "day"], [3600, "hour"], [60, "minute"]];
  for (const [size, name] of units) {
    if (seconds < size) continue;
    const count = Number((seconds / size).toPrecision(2));
    return `${count} ${name}${count === 1 ? "" : "s"}`;
  }
  return prefixed(seconds, "s");
}
