// The original Cascade on 64 bits, question by question: the same run as in Python's CascadeLesson.

import { binaryEntropy } from "./theory_entropy.js";

export const LESSON_BITS = 64;
const LESSON_PASSES = 4;

function makeDice(seed) {
  let x = seed;
  return (count) => {
    x = (Math.imul(1664525, x) + 1013904223) >>> 0;
    return Math.floor((x * count) / 2 ** 32);
  };
}

function shuffledDeck(below) {
  const deck = Array.from({ length: LESSON_BITS }, (_, i) => i);
  for (let i = LESSON_BITS - 1; i > 0; i--) {
    const j = below(i + 1);
    [deck[i], deck[j]] = [deck[j], deck[i]];
  }
  return deck;
}

function lessonKeys({ errors, game }) {
  const below = makeDice(1000 * errors + game);
  const alice = Array.from({ length: LESSON_BITS }, () => below(2));
  const bob = [...alice];
  for (const place of shuffledDeck(below).slice(0, errors)) bob[place] ^= 1;
  return { alice, bob };
}

function lessonOrders({ errors, game }) {
  const below = makeDice(1000 * errors + game + 500_000);
  return [Array.from({ length: LESSON_BITS }, (_, i) => i), ...Array.from({ length: LESSON_PASSES - 1 }, () => shuffledDeck(below))];
}

// Where the blocks of a pass begin, and the end of the last one.
function blockEdges(size) {
  const edges = [];
  for (let at = 0; at < LESSON_BITS; at += size) edges.push(at);
  return [...edges, LESSON_BITS];
}

// Every moment of a run: { kind, pass, block, begin, stop, middle, differs, bit, woken, odd, wrong, asked, flips }. `kind` is
// "pass" (Alice has told the parities of all blocks), "half" (of one half), "found" or "done"; `odd` says for each pass so
// far which blocks have parities that differ; `wrong` is what only a referee knows.
export function cascadeRun(p) {
  const { alice, bob } = lessonKeys(p);
  const orders = lessonOrders(p);
  const first = Math.min(Math.ceil((0.73 * LESSON_BITS) / p.errors), LESSON_BITS);
  const edges = orders.map((_, pass) => blockEdges(Math.min(first << pass, LESSON_BITS)));
  const odd = [];
  const moments = [];
  let asked = 0;
  let flips = 0;

  const differs = (pass, begin, stop) =>
    orders[pass].slice(begin, stop).reduce((sum, bit) => sum ^ alice[bit] ^ bob[bit], 0);
  const blockOf = (pass, bit) => {
    const place = orders[pass].indexOf(bit);
    return edges[pass].findLastIndex((edge) => edge <= place);
  };
  function note(moment) {
    const wrong = bob.flatMap((value, i) => (value === alice[i] ? [] : [i]));
    moments.push({ ...moment, odd: odd.map((row) => [...row]), wrong, asked, flips });
  }
  // The shortest odd block, in the earliest pass that has one.
  function nextBlock() {
    const found = odd.flatMap((row, pass) => row.flatMap((is, block) => (is ? [{ pass, block, size: edges[pass][block + 1] - edges[pass][block] }] : [])));
    return found.sort((a, b) => a.size - b.size || a.pass - b.pass || a.block - b.block)[0];
  }

  for (let pass = 0; pass < LESSON_PASSES; pass++) {
    const count = edges[pass].length - 1;
    odd.push(Array.from({ length: count }, (_, block) => differs(pass, edges[pass][block], edges[pass][block + 1])));
    asked += count;
    note({ kind: "pass", pass });
    for (let next = nextBlock(); next; next = nextBlock()) {
      const { pass: where, block } = next;
      let [begin, stop] = [edges[where][block], edges[where][block + 1]];
      while (stop - begin > 1) {
        const middle = (begin + stop + 1) >> 1;
        const left = differs(where, begin, middle);
        asked += 1;
        note({ kind: "half", pass: where, block, begin, stop, middle, differs: left });
        if (left) stop = middle;
        else begin = middle;
      }
      const bit = orders[where][begin];
      bob[bit] ^= 1;
      flips += 1;
      const woken = [];
      odd.forEach((row, other) => {
        const holds = blockOf(other, bit);
        row[holds] ^= 1;
        if (row[holds]) woken.push({ pass: other, block: holds });
      });
      note({ kind: "found", pass: where, block, begin, stop, bit, woken });
    }
  }
  note({ kind: "done", pass: LESSON_PASSES - 1 });
  const end = moments.at(-1);
  return {
    moments, orders, edges,
    told: { wrong: p.errors, found: flips, left: end.wrong.length, disclosed: asked, least: LESSON_BITS * binaryEntropy(p.errors / LESSON_BITS) },
  };
}
