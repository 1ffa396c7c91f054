"""Who may get a first invitation among many, and what stands in the way of the others."""

from enum import StrEnum

from interloop.domain.stage import Stage


class Invitable(StrEnum):
    """Whether a first invitation can leave; everything but `ready` says why not."""

    ready = "ready"
    being_read = "being_read"
    no_address = "no_address"
    no_plan = "no_plan"
    stopped = "stopped"
    invited = "invited"
    past = "past"


def invitable(  # noqa: PLR0913 - the facts that it hangs on
    stage: Stage,
    *,
    on_its_way: bool,
    reachable: bool,
    read: bool,
    published: bool,
    stopped: bool,
) -> Invitable:
    """Return what stands in the way first; a mark or a rating is no such thing.

    `on_its_way`: an invitation was sent a moment ago and the stage has not followed yet.
    """
    if stage is Stage.invited or (stage is Stage.screening and on_its_way):
        return Invitable.invited
    if stage is not Stage.screening:
        return Invitable.past
    hurdles = {
        Invitable.stopped: stopped,
        Invitable.no_plan: not published,
        Invitable.being_read: not read,
        Invitable.no_address: not reachable,
    }
    return next((why for why, there in hurdles.items() if there), Invitable.ready)
