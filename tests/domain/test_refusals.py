"""Every refusal of the law has a sentence in both languages."""

import re
from pathlib import Path

from backend import domain, domain_refusals, problems

assert domain_refusals  # registers at import


def test_every_code_the_domain_raises_is_registered():
    known = problems.registered()
    raised = {
        code
        for path in Path(domain.__file__).parent.glob("*.py")
        for code in re.findall(r'(?:Refusal\(|_refuse_unless\(.*?,)\s*"([a-z_.]+)"', path.read_text(encoding="utf-8"))
    }
    # The slice says it: for a code of the right form too, beside its other sentences of a draft.
    by_others = {"tracking.unknown", "draft.rival_moved"}
    assert raised - by_others <= known.keys()
    assert all(known[code].zh and known[code].en for code in raised - by_others)
