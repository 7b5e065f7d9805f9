"""What a session may do that was opened at a kiosk for one draft: finish that draft, and nothing else.

An allow-list: whatever is not named here is refused, also what will be written later.
"""

from __future__ import annotations

import re

_READ = frozenset({"GET", "HEAD", "OPTIONS"})
_PAGES = r"/drafts/{draft}(/(topics/[^/]+|check|receipt|changes|rivals))?"
_POSTS = r"/drafts/{draft}/(topics/[^/]+|files/[^/]+|uploads/[^/]+/removal|submission|version|rivals)"
_API = r"/api/v1/drafts/{draft}(/rivals)?"
_API_WRITES = {
    "PATCH": r"/api/v1/drafts/{draft}",
    "PUT": r"/api/v1/drafts/{draft}/(materials/[^/]+|rivals)",
    "POST": r"/api/v1/drafts/{draft}/(check|version)|/api/v1/uploads",
}
# Uploads are asked for by their owner, which is the draft itself (intake.owners).
_FILES = {
    "GET": r"/uploads/[^/]+/(file|pages/[^/]+)|/api/v1/uploads/[^/]+",
    "HEAD": r"/api/v1/uploads/[^/]+",
    "PATCH": r"/api/v1/uploads/[^/]+",
    "DELETE": r"/api/v1/uploads/[^/]+",
}


def may(draft: str, method: str, path: str) -> bool:
    """Whether a session for `draft` may ask for this."""
    allowed = [_FILES.get(method, "")]
    if method in _READ:
        allowed += [_PAGES, _API]
    else:
        allowed += [_API_WRITES.get(method, "")]
        allowed += [_POSTS] if method == "POST" else []
    return any(pattern and re.fullmatch(pattern.replace("{draft}", re.escape(draft)), path) for pattern in allowed)
