"""All pages of the desk."""

from __future__ import annotations

from backend.desk import (
    approver_pages,
    bundle_pages,
    clerk_pages,
    late_pages,
    promise_pages,
    service_pages,
    side_pages,
    window_pages,
)

handlers = [
    *clerk_pages.handlers,
    *window_pages.handlers,
    *approver_pages.handlers,
    *side_pages.handlers,
    *promise_pages.handlers,
    *service_pages.handlers,
    *late_pages.handlers,
    *bundle_pages.handlers,
]
