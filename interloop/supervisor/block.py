"""The one block that tells a person where everything is."""

import json
from collections.abc import Mapping
from pathlib import Path

WIDTH = 72


def block(addresses: Mapping[str, str], demo_file: Path) -> str:
    """Return the text that ends a start; `demo_file` holds the demo sign-ins of the first run."""
    lines = [
        "",
        "=" * WIDTH,
        f"  Interloop is ready:  {addresses['app']}",
        "",
        *_sign_ins(demo_file),
        f"  Mail inbox           {addresses['inbox']}",
        f"  Temporal Web         {addresses['temporal_web']}  (sign in as hr_ops or admin)",
        "  Stop                 Ctrl-C",
        "=" * WIDTH,
    ]
    return "\n".join(lines)


def _sign_ins(demo_file: Path) -> list[str]:
    if not demo_file.exists():
        return []
    users = json.loads(demo_file.read_text())
    role = max(len(user["role"]) for user in users)
    email = max(len(user["email"]) for user in users)
    return [
        "  Sign in as",
        *(f"    {u['role']:<{role}}  {u['email']:<{email}}  {u['password']}" for u in users),
        "",
    ]
