"""The thread of the notebook's kernel: a widget's traits are not made for two threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from IPython import get_ipython


class KernelThread:
    """Where a widget lives: made on the kernel's own thread, later called from another one.

    >>> KernelThread().call(lambda: print("at once: there is no kernel here"))
    at once: there is no kernel here
    """

    def __init__(self) -> None:
        self._loop = _kernel_loop()

    def call(self, act: Callable[[], None]) -> None:
        """Let the kernel's thread do it; without a kernel there is only one thread that cares."""
        if self._loop is not None and self._loop.is_running():
            self._loop.call_soon_threadsafe(act)
        else:
            act()


def _kernel_loop() -> asyncio.AbstractEventLoop | None:
    """The loop of the notebook's kernel; None outside of one, also where somebody else's loop is running."""
    if getattr(get_ipython(), "kernel", None) is None:
        return None
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
