"""The status page in Django: its ORM on psycopg with a pool, its own templates with the cached loader."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from django.conf import settings

_database = urlsplit(os.environ["YIMABAN_DATABASE_URL"])
KEY = Path(os.environ["BENCH_SECRET"]).read_bytes()
settings.configure(
    DEBUG=False,
    SECRET_KEY="only measured, never served",
    ALLOWED_HOSTS=["localhost", "127.0.0.1"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    TIME_ZONE="Asia/Shanghai",
    INSTALLED_APPS=[],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(__file__).parent]}],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": _database.hostname, "PORT": _database.port, "NAME": _database.path.lstrip("/"),
            "USER": _database.username, "PASSWORD": _database.password,
            # On ASGI every request under way holds a connection while all wait for one thread: fewer than requests
            # is a deadlock until the pool's timeout.
            "OPTIONS": {"pool": {"min_size": 4, "max_size": 32}},
        }
    },
)  # fmt: skip
django.setup()

from django.db import models
from django.db.models.fields.json import KT
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import condition

from tests.benchmarks.peers import facts


class CaseFile(models.Model):
    """A case."""

    case_no = models.CharField(max_length=24)
    tracking_hash = models.BinaryField()
    tracking_revoked_at = models.DateTimeField(null=True)
    matter = models.CharField(max_length=50)
    matter_version = models.IntegerField()
    department = models.CharField(max_length=20)
    step = models.CharField(max_length=20)
    seq = models.IntegerField()
    accepted_at = models.DateTimeField(null=True)

    class Meta:
        app_label, db_table, managed = "peers", "case_file", False


class CaseEvent(models.Model):
    """One line of the log."""

    case = models.ForeignKey(CaseFile, models.DO_NOTHING, related_name="events")
    seq = models.IntegerField()
    verb = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        app_label, db_table, managed = "peers", "case_event", False


class MatterVersion(models.Model):
    """A matter as it was when the case was filed."""

    matter = models.CharField(max_length=50)
    version = models.IntegerField()
    content = models.JSONField()

    class Meta:
        app_label, db_table, managed = "peers", "matter_version", False


class Department(models.Model):
    """A department."""

    code = models.CharField(max_length=20, primary_key=True)
    content = models.JSONField()

    class Meta:
        app_label, db_table, managed = "peers", "department", False


def _named(code: str) -> models.QuerySet[CaseFile]:
    digest = hmac.digest(KEY, f"token\0{code}".encode(), hashlib.sha256)
    return CaseFile.objects.filter(tracking_hash=digest, tracking_revoked_at=None)


def _whole(code: str) -> models.QuerySet[CaseFile]:
    matter = MatterVersion.objects.filter(matter=models.OuterRef("matter"), version=models.OuterRef("matter_version"))
    department = Department.objects.filter(code=models.OuterRef("department"))
    return _named(code).annotate(
        matter_name=models.Subquery(matter.values(text=KT("content__name"))),
        promised=models.Subquery(matter.values(text=KT("content__promised__n"))),
        department_name=models.Subquery(department.values(text=KT("content__name"))),
    ).only("case_no", "step", "seq", "accepted_at")  # fmt: skip


def _shown(case: Any, events: list[CaseEvent], code: str) -> dict[str, Any]:
    return facts.page(case, case.matter_name, int(case.promised), case.department_name, events, code, timezone.now())


def _etag(request: HttpRequest, code: str) -> str | None:
    if "If-None-Match" not in request.headers:
        return None
    version = _named(code).values_list("id", "seq").first()
    return version and f'W/"{version[0]}-{version[1]}"'


@condition(etag_func=_etag)
def status(request: HttpRequest, code: str) -> HttpResponse:
    """The page, synchronously."""
    case = _whole(code).first()
    if case is None:
        raise Http404
    events = list(case.events.order_by("seq").only("case", "verb", "at"))
    return _with_etag(render(request, "status.html", _shown(case, events, code)), case)


async def status_async(request: HttpRequest, code: str) -> HttpResponse:
    """The page, asynchronously."""
    if (given := request.headers.get("If-None-Match")) is not None:
        version = await _named(code).values_list("id", "seq").afirst()
        if version and given == f'W/"{version[0]}-{version[1]}"':
            return HttpResponse(status=304, headers={"ETag": given})
    case = await _whole(code).afirst()
    if case is None:
        raise Http404
    events = [event async for event in case.events.order_by("seq").only("case", "verb", "at")]
    return _with_etag(render(request, "status.html", _shown(case, events, code)), case)


def _with_etag(response: HttpResponse, case: Any) -> HttpResponse:
    response["ETag"] = f'W/"{case.id}-{case.seq}"'
    response["Cache-Control"] = "no-cache"
    return response


urlpatterns: list[Any] = []


def create_wsgi() -> Any:
    """Django on WSGI."""
    urlpatterns.append(path("t/<str:code>", status))
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def create_asgi() -> Any:
    """Django on ASGI."""
    urlpatterns.append(path("t/<str:code>", status_async))
    from django.core.asgi import get_asgi_application

    return get_asgi_application()
