"""Cascade, batched: Bob finds his wrong bits by asking Alice for parities of blocks, many questions to a message.

Each pass shuffles the bits anew and cuts them into blocks. A block whose parities differ holds an odd number of errors;
halving it finds one of them. The bit found was in a block of every earlier pass, too: there an even number of errors
has become odd, and the next one is found without a new block: the cascade. Every parity that Alice has disclosed is
kept, so that a block is never halved twice (sub-block reuse), and of two halves only one is asked for.

G. Brassard, L. Salvail, EUROCRYPT '93, LNCS 765, 410 (1994), doi:10.1007/3-540-48285-7_35; J. Martinez-Mateo,
C. Pacher, M. Peev, A. Ciurana, V. Martin, Quantum Information and Computation 15, 453 (2015), arXiv:1407.3257.
"""

from __future__ import annotations

import struct

import numpy as np

from .channel import Bits, Halt, Message, Party, Script, pack_bits, pack_numbers, unpack_bits, unpack_numbers
from .frames import LONGEST, MARGIN, PASSES, Layout, layout
from .kernels import Offsets
from .speed import inner_loops

#: Kinds of messages in which Alice discloses parities of her key, and those in which Bob asks for them.
ANSWERS, QUESTIONS = ("parities",), ("cut", "pass", "ask")

#: One conversation is about at most so many bits; a longer key is cut into several.
CHUNK = 2**20

#: More passes make no sense.
MOST_PASSES = 64

_CUT = struct.Struct("<QdQQB")


def alice_answers(party: Party, key: Bits, opening: Message, *after: str) -> Script[Message]:
    """Alice's side: she tells the parities that she is asked for, until a message of a kind ``after`` comes.

    ``opening`` is Bob's first message, of kind "cut", which says how to cut the first chunk of the key.
    """
    for begin, stop in _chunks(len(key)):
        if opening.kind != "cut":
            raise Halt("error correction ended before the whole key was corrected")
        opening = yield from _answer_chunk(party, key[begin:stop], opening, after)
    if opening.kind == "cut":
        raise Halt("error correction went on beyond the end of the key")
    return opening


def _answer_chunk(party: Party, key: Bits, opening: Message, after: tuple[str, ...]) -> Script[Message]:
    plan, inner = _read_cut(opening, len(key)), inner_loops()
    leaves = plan.seated(key)
    state = np.empty((len(plan.tops), plan.frames, 2 * plan.n), np.uint8)
    flat, begun, answer = state.reshape(-1), 0, pack_bits([])
    while True:
        message = yield from party.say("parities", answer, *QUESTIONS, *after)
        if message.kind == "pass":
            unpack_numbers(message.payload, high=0, count=0)
            if begun == len(plan.tops):
                raise Halt("more passes of error correction came than were announced")
            state[begun] = inner.parity_trees(leaves.take(plan.orders[begun], axis=1))
            answer = pack_bits(state[begun][:, _asked_tops(plan, begun)].reshape(-1))
            begun += 1
        elif message.kind == "ask":
            asked = unpack_numbers(message.payload, high=max(begun * plan.frames * 2 * plan.n - 1, 0))
            if not begun or not asked.size:
                raise Halt("parities were asked for where none were due")
            answer = pack_bits(flat[asked])
        else:
            return message


def _chunks(length: int) -> list[tuple[int, int]]:
    """Where equal chunks of at most CHUNK bits begin and end."""
    count = max(1, -(-length // CHUNK))
    return [(i * length // count, (i + 1) * length // count) for i in range(count)]


def _asked_tops(plan: Layout, number: int) -> slice:
    """The top blocks whose parity Alice tells; of all but the first pass she omits the last, which follows."""
    top = int(plan.tops[number])
    return slice(top, 2 * top - (number > 0))


def _read_cut(message: Message, length: int) -> Layout:
    if len(message.payload) != _CUT.size:
        raise Halt("a message that says how to cut the key could not be read")
    found, qber, seed, frame_bits, passes = _CUT.unpack(message.payload)
    if found != length:
        raise Halt(f"the two keys have different lengths, {length} and {found} bits")
    if not (0 <= qber <= 1 and 1 <= passes <= MOST_PASSES and 2 <= frame_bits <= CHUNK):
        raise Halt("a message that says how to cut the key made no sense")
    return layout(length, qber, seed, frame_bits=frame_bits, passes=passes)


def bob_corrects(party: Party, key: Bits, qber: float, rng: np.random.Generator, *, frame_bits: int = LONGEST,
                 shortest: bool = True, passes: int = PASSES) -> Script[Bits]:
    """Bob's side: his corrected key; Alice is left waiting for his next message.

    Parameters
    ----------
    key : bits
        Bob's key, not empty.
    qber : float
        What he believes the error rate to be, 0 to 1; a wrong belief costs bits, not correctness.
    rng : Generator
        Where he takes the public orders of the passes from.
    frame_bits : int
        Longest frame, 2 to 2^20.
    shortest : bool
        Halve the shortest odd blocks first, which discloses least; else all odd blocks of a pass at once, which takes
        fewer messages.
    passes : int
        Passes over each frame, 1 to 64; each halves the chance that a wrong bit is left.

    Raises
    ------
    Halt
        If more than half of the bits are found to be wrong: then the answers contradict each other.
    """
    found = []
    for begin, stop in _chunks(len(key)):
        seed = int(rng.integers(2**63))
        found.append((yield from _correct_chunk(party, key[begin:stop], qber, seed, frame_bits, shortest, passes)))
    return np.concatenate(found)


def _correct_chunk(party: Party, key: Bits, qber: float, seed: int, frame_bits: int, shortest: bool,
                   passes: int) -> Script[Bits]:
    plan = layout(len(key), qber, seed, frame_bits=frame_bits, passes=passes)
    n, frames, inner = plan.n, plan.frames, inner_loops()
    leaves = plan.seated(key)
    empty = plan.empty_nodes() if frames * n != plan.length else None
    state = np.empty((len(plan.tops), frames, 2 * n), np.uint8)
    flat = state.reshape(-1)
    left_to_flip = len(key) // 2 + MARGIN
    opening = _CUT.pack(len(key), qber, seed, frame_bits, passes)
    unpack_bits((yield from party.say("cut", opening, *ANSWERS)).payload, 0)
    for number in range(len(plan.tops)):
        trees = state[number]
        trees[:] = inner.parity_trees(leaves.take(plan.orders[number], axis=1))
        trees |= 2
        top, asked = int(plan.tops[number]), _asked_tops(plan, number)
        told = yield from party.say("pass", b"", *ANSWERS)
        told_bits = unpack_bits(told.payload, frames * (asked.stop - asked.start)).reshape(frames, -1)
        trees[:, asked] = (trees[:, asked] & 1) ^ told_bits
        if number:  # all blocks of a pass together hold the same errors as those of the first
            first = int(plan.tops[0])
            odd = np.bitwise_xor.reduce(state[0][:, first:2 * first], axis=1)
            trees[:, 2 * top - 1] = odd ^ np.bitwise_xor.reduce(trees[:, asked], axis=1)
        if empty is not None:
            trees[:, empty & (np.arange(2 * n) >= top)] = 0
        tops = plan.tops[:number + 1]
        while (nodes := inner.odd_nodes(flat, tops, frames, n, shortest)).size:
            nodes = yield from _halved(party, flat, nodes, n)
            left_to_flip -= len(nodes)
            if left_to_flip < 0:
                raise Halt("error correction does not settle: the answers contradict each other")
            tree, leaf = np.divmod(nodes, 2 * n)
            which, frame = np.divmod(tree, frames)
            bit = plan.orders[which, leaf - n]
            leaves[frame, bit] ^= 1
            inner.flip(flat, frame, bit, plan.places, tops, frames, n)
    return plan.collected(leaves)


def _halved(party: Party, state: Bits, nodes: Offsets, n: int) -> Script[Offsets]:
    """Halve odd blocks until single bits are left, one question for all of them at a time."""
    mask, inner, done = 2 * n - 1, inner_loops(), []
    while True:
        nodes = inner.descend(state, nodes, n)
        at_leaf = (nodes & mask) >= n
        done.append(nodes[at_leaf])
        nodes = nodes[~at_leaf]
        if not nodes.size:
            return np.concatenate(done)
        left = nodes + (nodes & mask)
        told = yield from party.say("ask", pack_numbers(left), *ANSWERS)
        inner.learn(state, left, unpack_bits(told.payload, len(left)))
