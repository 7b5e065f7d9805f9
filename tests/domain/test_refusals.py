"""Every refusal of the law has a sentence in both languages."""

import re
from importlib import import_module
from pathlib import Path

from backend import domain, domain_refusals, problems

assert domain_refusals  # registers at import
_BACKEND = Path(domain.__file__).parents[1]


def test_every_code_the_domain_raises_is_registered():
    """Here, or by the slice whose business it is (a draft's sentences stand together)."""
    for path in _BACKEND.glob("*/refusals.py"):
        import_module(f"backend.{path.parent.name}.refusals")
    known = problems.registered()
    raised = {
        code
        for path in (_BACKEND / "domain").glob("*.py")
        for code in re.findall(r'(?:Refusal\(|_refuse_unless\(.*?,)\s*"([a-z_.]+)"', path.read_text(encoding="utf-8"))
    }
    by_others = {"tracking.unknown"}  # the trunk says it, for a code of the right form too
    assert raised - by_others <= known.keys()
    assert all(known[code].zh and known[code].en for code in raised - by_others)
