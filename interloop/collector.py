"""Python's garbage collector, set for a process that lives long and makes much.

Left as it is it looks through 700 new objects at a time and, every now and then, through all that
the libraries made at the start: a fifth of a worker's processor time (`python -m bench.journeys`).
"""

import gc

_YOUNG = 20_000
"""How many new objects are looked through at once: about a millisecond, some megabytes."""


def spare() -> None:
    """Leave alone what there is by now, and look through what comes less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 20)
