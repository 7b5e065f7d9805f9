"""The log of a case, asked in words: who did what, what is begun and not ended, whose signature still stands."""

from __future__ import annotations

from shared_schemas.vocabulary import Verb
from tests.domain.life import Deed, Life


class Past:
    """The log before the newest deed, asked in words."""

    def __init__(self, life: Life) -> None:
        self.deeds = life.deeds[:-1]
        again = [place for place, deed in enumerate(self.deeds) if deed.verb is Verb.REOPEN]
        self.round = self.deeds[again[-1] :] if again else self.deeds

    def did(self, *verbs: Verb) -> list[Deed]:
        """These verbs since the case was begun, or made anew."""
        return [deed for deed in self.round if deed.verb in verbs]

    def ever(self, *verbs: Verb) -> list[Deed]:
        """These verbs, also before it was made anew."""
        return [deed for deed in self.deeds if deed.verb in verbs]

    def last(self, *verbs: Verb) -> Verb | None:
        """Which of them came last in this round."""
        found = self.did(*verbs)
        return found[-1].verb if found else None

    def who(self, *verbs: Verb, ever: bool = False) -> set[int]:
        """The officers who did them."""
        return {deed.by.id for deed in (self.ever(*verbs) if ever else self.did(*verbs)) if deed.by}

    def aside(self) -> set[int]:
        """Who declared an interest, unless a superior found that there is none."""
        out: set[int] = set()
        waiting: set[int] = set()
        for deed in self.ever(Verb.RECUSE, Verb.ANSWER_RECUSAL):
            if deed.verb is Verb.RECUSE and deed.by:
                out.add(deed.by.id)
                waiting.add(deed.by.id)
            elif waiting:
                answered = min(waiting)
                waiting.remove(answered)
                out -= set() if deed.given.is_upheld else {answered}
        return out

    def standing(self, verb: Verb) -> int | None:
        """Who signed the review (or check) that still stands; one that was sent back is over."""
        signed: list[int | None] = []
        for deed in self.did(Verb.REVIEW, Verb.CHECK, Verb.SEND_BACK):
            if deed.verb is Verb.SEND_BACK:
                signed.pop()
            else:
                signed.append(deed.by.id if deed.by else None)
        place = {Verb.REVIEW: 0, Verb.CHECK: 1}[verb]
        return signed[place] if len(signed) > place else None
