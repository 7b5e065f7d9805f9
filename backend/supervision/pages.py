"""All pages of supervision."""

from __future__ import annotations

from backend.supervision import board_pages, case_pages, desk_pages

handlers = [*board_pages.handlers, *case_pages.handlers, *desk_pages.handlers]
