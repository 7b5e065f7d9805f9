"""The status page in FastAPI with SQLAlchemy's async ORM, asyncpg and Jinja."""

import hashlib
import hmac
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import BigInteger, ColumnElement, ForeignKey, and_, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, load_only, mapped_column, relationship, selectinload

from tests.benchmarks.peers import facts

KEY = Path(os.environ["BENCH_SECRET"]).read_bytes()
templates = Jinja2Templates(
    env=Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, auto_reload=False)
)


class Base(DeclarativeBase):
    """All tables."""


class CaseEvent(Base):
    """One line of the log."""

    __tablename__ = "case_event"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    seq: Mapped[int]
    verb: Mapped[str]
    at: Mapped[datetime]


class CaseFile(Base):
    """A case."""

    __tablename__ = "case_file"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    case_no: Mapped[str]
    tracking_hash: Mapped[bytes]
    tracking_revoked_at: Mapped[datetime | None]
    matter: Mapped[str]
    matter_version: Mapped[int]
    department: Mapped[str]
    step: Mapped[str]
    seq: Mapped[int]
    accepted_at: Mapped[datetime | None]
    events: Mapped[list[CaseEvent]] = relationship(order_by=CaseEvent.seq)


class MatterVersion(Base):
    """A matter as it was when the case was filed."""

    __tablename__ = "matter_version"
    id: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    matter: Mapped[str]
    version: Mapped[int]
    content: Mapped[dict] = mapped_column(JSONB)


class Department(Base):
    """A department."""

    __tablename__ = "department"
    code: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict] = mapped_column(JSONB)


def digest(code: str) -> bytes:
    """What the database keeps of a tracking code."""
    return hmac.digest(KEY, f"token\0{code}".encode(), hashlib.sha256)


def found(code: str) -> ColumnElement[bool]:
    """The case of a code that was not revoked."""
    return and_(CaseFile.tracking_hash == digest(code), CaseFile.tracking_revoked_at.is_(None))


def create_app() -> FastAPI:
    """The application."""
    engine = create_async_engine(
        os.environ["YIMABAN_DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://"),
        pool_size=8,
        max_overflow=0,
    )
    sessions = async_sessionmaker(engine, expire_on_commit=False)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        await engine.dispose()

    async def session() -> AsyncIterator[AsyncSession]:
        async with sessions() as opened:
            yield opened

    app = FastAPI(lifespan=lifespan)

    @app.get("/t/{code}")
    async def status(request: Request, code: str, db: Annotated[AsyncSession, Depends(session)]) -> Response:
        if (given := request.headers.get("if-none-match")) is not None:
            version = (await db.execute(select(CaseFile.id, CaseFile.seq).where(found(code)))).one_or_none()
            if version and given == f'W/"{version.id}-{version.seq}"':
                return Response(status_code=304, headers={"etag": given})
        query = (
            select(
                CaseFile, MatterVersion.content["name"].as_string(),
                MatterVersion.content["promised"]["n"].as_integer(), Department.content["name"].as_string(),
            )
            .join(MatterVersion, and_(MatterVersion.matter == CaseFile.matter, MatterVersion.version == CaseFile.matter_version))
            .join(Department, Department.code == CaseFile.department)
            .where(found(code))
            .options(selectinload(CaseFile.events).options(load_only(CaseEvent.verb, CaseEvent.at)))
        )  # fmt: skip
        row = (await db.execute(query)).one_or_none()
        if row is None:
            raise HTTPException(404)
        case, name, promised, department = row
        shown = facts.page(case, name, promised, department, case.events, code, datetime.now(UTC))
        return templates.TemplateResponse(
            request, "status.html", shown, headers={"etag": f'W/"{case.id}-{case.seq}"', "cache-control": "no-cache"}
        )

    return app
