"""What clerks and approvers do to a case: load -> law -> save + event, one transaction each.

Every one takes the case number, what the officer wrote (`shared_schemas.review`), `by` and `now`; an old `seen` or a
faster colleague is Refusal("case.moved_meanwhile", who, did, at).
"""

import backend.review.refusals  # noqa: F401 - the sentences of this slice
from backend.review.accepting import accept, decline
from backend.review.deciding import check, grant, refuse, review, send_back
from backend.review.taking import fits_the_rest, hand_back, take, take_next, tick

__all__ = [
    "accept",
    "check",
    "decline",
    "fits_the_rest",
    "grant",
    "hand_back",
    "refuse",
    "review",
    "send_back",
    "take",
    "take_next",
    "tick",
]
