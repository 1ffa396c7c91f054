"""Throws the injection corpus at the renderer of mails, each in a child with limits.

`python -m bench.templates`: bar 0 leaks, 0 hangs, each below 1 s and 64 MB.
"""

import sys

from bench.told import write
from tests.support.injections import INJECTIONS, leaks
from tests.support.rendering import MEMORY_MB, WITHIN_S, renderer


def main() -> int:
    """Measure, store, say it in one line; 1 when the bar is missed."""
    raw, leaked, hung, worst_s, worst_mb = [], 0, 0, 0.0, 0.0
    for each in INJECTIONS:
        # A process of its own for each: what one fills or kills is not the next one's trouble.
        with renderer() as child:
            answer = child.render(each.source, each.value)
        found = leaks(answer)
        seconds, mb = answer.get("seconds", WITHIN_S), answer.get("mb", float(MEMORY_MB))
        raw.append(
            {
                "name": each.name,
                "outcome": answer["outcome"],
                "leaks": found,
                "seconds": round(seconds, 4),
                "mb": round(mb, 2),
            }
        )
        leaked += bool(found)
        hung += answer["outcome"] in {"killed", "out of memory"} or seconds >= WITHIN_S
        worst_s, worst_mb = max(worst_s, seconds), max(worst_mb, mb)
    holds = not leaked and not hung and worst_mb < MEMORY_MB
    figures = {
        "payloads": len(raw),
        "leaks": leaked,
        "hangs": hung,
        "worst_seconds": round(worst_s, 4),
        "worst_mb": round(worst_mb, 2),
        "bar": f"0 leaks, 0 hangs, below {WITHIN_S:g} s and {MEMORY_MB} MB",
        "holds": holds,
        "raw": raw,
    }
    write("template_injection", figures)
    print(
        f"template_injection: {len(raw)} payloads, {leaked} leaks, {hung} hangs, worst "
        f"{worst_s * 1000:.0f} ms and {worst_mb:.1f} MB; bar {'held' if holds else 'missed'}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
