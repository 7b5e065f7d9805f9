"""The acts of the demo's story: each word of a path becomes the very action that the pages and the API call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from backend import calendars, db
from backend.authority import opinions
from backend.cases import following, reading, sealing
from backend.corrections import actions as corrections
from backend.corrections import queries as notices
from backend.demo import remarks, surveying
from backend.demo.drawings import drawing_for
from backend.demo.ends import ENDS
from backend.demo.files import Cabinet
from backend.demo.story import Act, Scene
from backend.domain.calendar import day_of
from backend.intake.owners import owner_of
from backend.issuance import actions as issuance
from backend.procedures import extending, special
from backend.review import actions as review
from backend.review import taking
from shared_schemas.collegial import OpinionAsked
from shared_schemas.correction import (
    AnswerGiven,
    CorrectionAnswered,
    CorrectionAsked,
    CorrectionLine,
    DefectAsked,
    Withdrawal,
)
from shared_schemas.issuance import HandOver, RatingGiven
from shared_schemas.people import CitizenActor, OfficerActor
from shared_schemas.procedure import ExtensionAsked, ProcedureStarted
from shared_schemas.review import (
    Acceptance,
    Check,
    Grant,
    Ground,
    NonAcceptance,
    Proposal,
    RefusalOfLicence,
    Return,
    Review,
    Tick,
)
from shared_schemas.survey import Conclusion
from shared_schemas.vocabulary import ApprovalMode, MaterialVerdict, Rating, Step, Verb

_DECIDER = {ApprovalMode.SOLE: "third", ApprovalMode.REVIEW_AND_CHECK: "second", ApprovalMode.SUBMIT: "chief"}


class Stage:
    """Everybody who may act and the files they may send; `play` does one act of one scene."""

    def __init__(self, citizens: dict[str, CitizenActor], officers: dict[str, OfficerActor], cabinet: Cabinet) -> None:
        """Actors by their keys."""
        self.citizens, self.officers, self.cabinet = citizens, officers, cabinet

    async def play(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """Do `act` to the scene's case at `now`. Raises what the action raises: a story that can't happen is a fault."""
        await _ACTS[act.what](self, scene, act, case_no, now)

    def clerk(self, scene: Scene) -> OfficerActor:
        """The clerk who has the scene's case."""
        return self.officers[scene.clerk]

    async def take(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """接手, by the clerk."""
        await review.take(case_no, by=self.clerk(scene), now=now)

    async def ask(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """Ask for a correction or, after acceptance, a supplement. Before, the clerk ticks what is fine and what is not."""
        clerk, words = self.clerk(scene), remarks.DEFECTS[act.word]
        case = await reading.by_number(case_no)
        materials = await reading.materials_of(case.id)
        sent = [m for m in materials if m.uploads] or materials
        bad = next((m for m in sent if words.material in m.name), sent[0])
        if case.step is Step.RECEIVED:
            await taking.tick(case_no, bad.key, Tick(MaterialVerdict.FIX, words.problem), by=clerk, now=now)
            for material in materials[: max(1, len(materials) - 1)]:
                if material.key != bad.key:
                    await taking.tick(case_no, material.key, Tick(MaterialVerdict.FITS), by=clerk, now=now)
        defect = DefectAsked(words.problem, words.requirement, words.how_to_fix, material=bad.key)
        await corrections.ask(case_no, CorrectionAsked((defect,)), by=clerk, now=now)

    async def answer(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """The citizen, or the clerk for a walk-in, sends every paper of the open notice again."""
        by = self.citizens.get(scene.who) or self.clerk(scene)
        notice = await notices.open_of((await reading.by_number(case_no)).id)
        if notice is None:
            raise LookupError(f"{scene.matter} of {scene.who} waits for nothing")
        items = tuple([AnswerGiven(line.id, (await self._again(by, line, now),)) for line in notice.items])
        await corrections.answer(case_no, notice.id, CorrectionAnswered(items), by=by, now=now)

    async def _again(self, by: CitizenActor | OfficerActor, line: CorrectionLine, now: datetime) -> str:
        return await self.cabinet.give(owner_of(by), drawing_for(line.label), line.material or "", now)

    async def accept(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """Tick what is left as fitting, then 受理."""
        clerk = self.clerk(scene)
        await taking.fits_the_rest(case_no, by=clerk, now=now)
        await review.accept(case_no, Acceptance(), by=clerk, now=now)

    async def decline(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """The word is a ground of `remarks.GROUNDS`."""
        ground, reasons, organ = remarks.GROUNDS[act.word]
        await review.decline(case_no, NonAcceptance(Ground(ground), reasons, organ), by=self.clerk(scene), now=now)

    def approver(self, scene: Scene, tier: str) -> OfficerActor:
        """Who signs in this tier ("third", "second", "chief"), or the deputy."""
        return self.officers[f"approver_{tier}{'_b' if scene.deputies else ''}"]

    async def review(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """初审; the word "refuse" proposes to refuse."""
        proposal = Proposal(act.word or "grant")
        opinion = remarks.OPINIONS["review_refuse" if proposal is Proposal.REFUSE else "review"]
        await review.review(case_no, Review(proposal, opinion), by=self.approver(scene, "third"), now=now)

    async def send(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """派出勘查; the word is one of `surveying.send`, none lets the applicant choose."""
        by = self.approver(scene, "third")
        await surveying.send(case_no, by=by, team=self.team, word=act.word, now=now)

    async def choose(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """The applicant takes the first of the times."""
        await surveying.choose(case_no, by=self.citizens[scene.who], now=now)

    async def see(self, _scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """勘查结论; the word is one of `Conclusion`."""
        conclusion = Conclusion(act.word or "pass")
        await surveying.see(case_no, team=self.team, cabinet=self.cabinet, conclusion=conclusion, now=now)

    @property
    def team(self) -> tuple[OfficerActor, ...]:
        """The hall's two surveyors."""
        return self.officers["surveyor"], self.officers["surveyor_2"]

    async def _surveyed(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """What the matter's law asks for before a decision, where the story did not tell of it."""
        if await surveying.is_missing(case_no):
            await self.send(scene, Act("send", act.days, "at_once"), case_no, now)
            await self.see(scene, Act("see", act.days, "fail" if act.what == "refuse" else "pass"), case_no, now)

    async def check(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """复核."""
        await self._surveyed(scene, act, case_no, now)
        await review.check(case_no, Check(remarks.OPINIONS["check"]), by=self.approver(scene, "second"), now=now)

    async def send_back(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """退回 by the second tier."""
        given = Return(remarks.OPINIONS["send_back"])
        await review.send_back(case_no, given, by=self.approver(scene, "second"), now=now)

    async def grant(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """准予 by whoever decides in this mode; the certificate follows by itself."""
        await self._surveyed(scene, act, case_no, now)
        by = await self._decider(scene, case_no)
        await review.grant(case_no, Grant(remarks.OPINIONS["grant"]), by=by, now=now)
        # Followers wait for the end of the transaction, and the whole world is one: the story needs the certificate now.
        await following.follow(Verb.GRANT, case_no, now)

    async def procedure(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """特别程序; the word is one of `remarks.PROCEDURES`."""
        given = ProcedureStarted(*remarks.PROCEDURES[act.word])
        await special.start(case_no, given, by=self.approver(scene, "third"), now=now)

    async def extension(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """请求延期; the word is a reason of `remarks.EXTENSIONS`."""
        given = ExtensionAsked(remarks.EXTENSIONS[act.word])
        await extending.ask(case_no, given, by=self.approver(scene, "third"), now=now)

    async def opinion(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """征求意见; the word is a question of `remarks.OPINIONS_ASKED`. Three days to answer."""
        department, question = remarks.OPINIONS_ASKED[act.word]
        given = OpinionAsked(department, question, calendars.current().add_workdays(day_of(now), 3).day)
        await opinions.ask(case_no, given, by=self.approver(scene, "third"), now=now)

    async def refuse(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """不予许可; the word is a reason of `remarks.REASONS`."""
        await self._surveyed(scene, act, case_no, now)
        facts, reasons = remarks.REASONS[act.word]
        given = RefusalOfLicence(facts, reasons, remarks.ARTICLES[act.word])
        await review.refuse(case_no, given, by=await self._decider(scene, case_no), now=now)

    async def _decider(self, scene: Scene, case_no: str) -> OfficerActor:
        return self.approver(scene, _DECIDER[(await reading.by_number(case_no)).mode])

    async def hand(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """发证 over the counter, to the applicant."""
        blob = await db.fetchval("SELECT last_fours_sealed FROM case_file WHERE case_no = $1", case_no)
        last_four = sealing.unseal_json(case_no, "last_fours", blob)[0]
        await issuance.hand_over(case_no, HandOver(last_four), by=self.clerk(scene), now=now)

    async def download(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """领证 by phone."""
        await issuance.collect(case_no, by=self.citizens[scene.who], now=now)

    async def rate(self, scene: Scene, act: Act, case_no: str, now: datetime) -> None:
        """The word is "2/fine": the level and what was said."""
        level, _, said = act.word.partition("/")
        given = RatingGiven(Rating(level), remarks.PRAISE.get(said, ""))
        await issuance.rate(case_no, given, by=self.citizens[scene.who], now=now)

    async def withdraw(self, scene: Scene, _: Act, case_no: str, now: datetime) -> None:
        """撤回."""
        given = Withdrawal(remarks.OPINIONS["withdraw"])
        await corrections.withdraw(case_no, given, by=self.citizens[scene.who], now=now)


_Play = Callable[[Stage, Scene, Act, str, datetime], Awaitable[None]]
_ACTS: dict[str, _Play] = {
    **ENDS,
    "take": Stage.take,
    "ask": Stage.ask,
    "supplement": Stage.ask,
    "answer": Stage.answer,
    "accept": Stage.accept,
    "decline": Stage.decline,
    "review": Stage.review,
    "check": Stage.check,
    "send": Stage.send,
    "choose": Stage.choose,
    "see": Stage.see,
    "send_back": Stage.send_back,
    "grant": Stage.grant,
    "refuse": Stage.refuse,
    "procedure": Stage.procedure,
    "extension": Stage.extension,
    "opinion": Stage.opinion,
    "hand": Stage.hand,
    "download": Stage.download,
    "rate": Stage.rate,
    "withdraw": Stage.withdraw,
}
