"""The behaviours behind the levels of a drafted rubric, each with an example a person can hear.

Behaviourally anchored rating scales after Smith and Kendall (1963): what was said or done, never
how somebody came across. Communication is structure and relevance, not fluency or accent.
"""

from typing import Final

from interloop.domain.plan import Anchor

Scale = tuple[tuple[str, str], ...]
"""Five pairs of behaviour and example, from level 1 to 5."""

SKILL: Final[Scale] = (
    (
        "Knows the words, describes no own work in this area.",
        "I have read about it and would pick it up quickly.",
    ),
    (
        "Describes work in this area in general words; what was the own part stays unclear.",
        "We used it in our project, the team had set it up before.",
    ),
    (
        "Describes one piece of own work from the goal to the result, with concrete details.",
        "I wrote the import for twelve suppliers; after two weeks all of them ran every night.",
    ),
    (
        "Explains a choice in own work, the alternatives, and how the result was checked.",
        "I took the simpler design over a queue, and a load test with last year's peak proved it.",
    ),
    (
        "Explains where the chosen way reached its limits, what it cost, and what changed then.",
        "At ten times the load our locks were the limit, so I split the table and measured again.",
    ),
)

PROBLEM_SOLVING: Final[Scale] = (
    (
        "Tries things without saying what was expected of them; the cause stays unknown.",
        "I restarted it a few times and at some point it worked.",
    ),
    (
        "Follows one fixed recipe or hands over, and cannot say why that was the cause.",
        "A colleague told me which setting to change, and that helped.",
    ),
    (
        "Narrows the problem down in steps and says what each step showed.",
        "The log showed it began on Monday, so I compared Monday's change first.",
    ),
    (
        "Compares several explanations, picks the test that tells them apart, checks the repair.",
        "It was either the data or the clock; I replayed Friday's data, so it had to be the clock.",
    ),
    (
        "Also says what remained unknown, what the repair cost, and how it is noticed earlier now.",
        "The repair cost us a day of history; today an alarm tells us within a minute.",
    ),
)

CLEAR_ANSWERS: Final[Scale] = (
    (
        "Leaves the question open, or answers a different one.",
        "Asked how the fault was found, lists the tools of the team.",
    ),
    (
        "Touches the question; the listener has to put the events in order.",
        "Tells the end, then the middle, and the reason only when asked for it.",
    ),
    (
        "Answers the question that was asked, in an order that can be followed, with an example.",
        "First I saw that orders were missing, then I looked at the import, and there it was.",
    ),
    (
        "Gives the answer first, backs it with a fitting example, and names what is uncertain.",
        "It was the import. I am sure of the cause, less of how many orders were lost.",
    ),
    (
        "Fits the explanation to the listener and keeps fact, guess and opinion apart.",
        "Think of a mail room: letters come in any order. The delay we measured; why, I guess.",
    ),
)

OWNERSHIP: Final[Scale] = (
    (
        "Names only others or the circumstances, and no action of their own.",
        "The other department had not told us, so it went wrong.",
    ),
    (
        "Passes the problem on and waits; says what happened, not what they did.",
        "I wrote a ticket and heard later that it had been solved.",
    ),
    (
        "Takes a first step unasked and tells those who are affected.",
        "I stopped the run and called the two customers whose data were wrong.",
    ),
    (
        "Puts the matter right, tells those affected early, and checks that it holds.",
        "I corrected the invoices the same day and compared all of them a week later.",
    ),
    (
        "Also changes something so that it does not come back, to the use of others.",
        "I added the check to our release list; two other teams have taken it over.",
    ),
)

COLLABORATION: Final[Scale] = (
    (
        "Describes the other side by its faults; does not say what it wanted.",
        "They just did not understand how the work is done.",
    ),
    (
        "Names the other view, and gives in or pushes through without looking at the reasons.",
        "He wanted it differently, and as he was senior, I did it his way.",
    ),
    (
        "Says what the other side wanted and why, and how both came to an agreement.",
        "She needed the numbers by noon for the carrier, so we agreed on a first rough version.",
    ),
    (
        "Asks for reasons, changes own plan on a stated point, and keeps to the agreement.",
        "His point about night shifts was right, so I moved the switch to Tuesday.",
    ),
    (
        "Also makes it easier for everybody the next time, with something that lasts.",
        "We wrote down who decides what, and newcomers get that page on their first day.",
    ),
)


def anchors(scale: Scale) -> tuple[Anchor, ...]:
    """The five anchors of a scale."""
    return tuple(
        Anchor(level=level, behaviour=behaviour, example=example)
        for level, (behaviour, example) in enumerate(scale, start=1)
    )
