"""/me/companies: whom one acts for."""

from __future__ import annotations

from datetime import datetime

from litestar import Request, Response, get, post

from backend import views
from backend.domain.refusal import Refusal
from backend.people import companies
from backend.people.companies import Capacity
from backend.people.guards import citizen_only, verified_citizen
from backend.people.pages.forms import Form, again, day_in, go, refuse
from shared_schemas.people import CitizenActor

_FIELDS = ("name", "credit_code", "capacity", "legal_representative", "valid_to")


@get("/me/companies", guards=[citizen_only])
async def companies_page(request: Request, citizen: CitizenActor, now: datetime) -> Response:
    """The list, and the way to add one."""
    return views.page(request, "people/companies.html", hats=await companies.hats(citizen.id, now))


@get("/me/companies/new", guards=[verified_citizen])
async def new_company_page(request: Request) -> Response:
    """Ask for credit code and name."""
    return views.page(
        request, "people/company.html", errors={}, given=dict.fromkeys(_FIELDS, ""), capacities=list(Capacity)
    )


@post("/me/companies", guards=[verified_citizen])
async def add_company(request: Request, data: Form, citizen: CitizenActor, now: datetime) -> Response:
    """Declare to act for a company."""
    given = {field: data.get(field, "")[:200] for field in _FIELDS}
    try:
        refuse({} if given["capacity"] in set(Capacity) else {"capacity": "people.capacity"})
        await companies.add(
            citizen,
            name=given["name"],
            credit_code=given["credit_code"],
            capacity=Capacity(given["capacity"]),
            legal_representative=given["legal_representative"],
            valid_to=day_in(data, "valid_to"),
            now=now,
        )
    except Refusal as refusal:
        return again(request, "people/company.html", refusal, given=given, capacities=list(Capacity))
    return go("/me/companies")


@post("/me/companies/{company_id:int}/removal", guards=[citizen_only])
async def remove_company(company_id: int, citizen: CitizenActor, now: datetime) -> Response:
    """Stop acting for it."""
    await companies.remove(citizen, company_id, now)
    return go("/me/companies")


handlers = [companies_page, new_company_page, add_company, remove_company]
