// What Alice, Eve and Bob wrote down, as tables: the last pulses that clicked; then some of those that are compared.

import { html, say } from "./dom.js";

const ROWS = 6;
const PHOTON = { Z: "Z", X: "X", breidbart: "half" };

// What can be said of one row once the bases, and then a sample, are public.
function fateOf(pulse, phase) {
  if (phase < 2) return "";
  if (!pulse.sifted) return "dropped";
  if (phase < 3 || !pulse.revealed) return "kept";
  return pulse.wrong ? "≠ differs" : "= same";
}

function knownTo(pulse, phase) {
  if (pulse.eve_basis === null) return "";
  if (phase < 2) return "?";
  if (!pulse.sifted) return "";
  if (pulse.eve_basis === "breidbart") return "85 %";
  return pulse.eve_basis === pulse.alice_basis ? "knows" : "a coin";
}

function tableOf(caption, heads) {
  const body = html("tbody");
  const node = html("table", { class: "qnl-book" }, html("caption", {}, caption),
    html("thead", {}, html("tr", {}, ...heads.map((head) => html("th", { scope: "col" }, head)))), body);
  const rows = Array.from({ length: ROWS }, () => {
    const cells = heads.map((_, i) => (i === 0 ? html("th", { scope: "row" }) : html("td")));
    const row = html("tr", {}, ...cells);
    body.append(row);
    return { row, cells };
  });
  return {
    node,
    draw(lines) {
      rows.forEach(({ row, cells }, i) => {
        const { texts, kind } = lines[i] ?? { texts: heads.map(() => " "), kind: "none" };
        row.className = `qnl-${kind}`;
        cells.forEach((cell, k) => say(cell, String(texts[k])));
      });
    },
  };
}

export function makeTables() {
  const alice = tableOf("Alice's book", ["no.", "bit", "basis", "fate"]);
  const eve = tableOf("Eve's book", ["no.", "basis", "bit", "knows?"]);
  const bob = tableOf("Bob's book", ["no.", "basis", "bit", "fate"]);
  return {
    node: html("div", { class: "qnl-books" }, alice.node, eve.node, bob.node),
    // `pulses`: all of the session; `upTo`: the number of the one that is shown.
    draw(pulses, upTo, phase) {
      const rows = pulses.filter((pulse) => (phase < 3 ? pulse.bob_bit !== null : pulse.revealed));
      const before = rows.filter((pulse) => pulse.number <= upTo);
      const last = (phase < 3 || before.length >= ROWS ? before : rows.slice(0, ROWS)).slice(-ROWS);
      const kindOf = (pulse) => (phase < 2 ? "open" : !pulse.sifted ? "dropped" : phase > 2 && pulse.revealed ? "revealed" : "kept");
      const lines = (textsOf) => last.map((pulse) => ({ texts: textsOf(pulse), kind: kindOf(pulse) }));
      alice.draw(lines((u) => [u.number, u.alice_bit, u.alice_basis, fateOf(u, phase)]));
      eve.draw(lines((u) => (u.eve_basis === null ? [u.number, "–", "–", ""] : [u.number, PHOTON[u.eve_basis], u.eve_bit, knownTo(u, phase)])));
      bob.draw(lines((u) => [u.number, u.bob_basis, u.bob_bit, fateOf(u, phase)]));
    },
  };
}
