"""The open API: each room's router, assembled; one way of saying what went wrong, ETags, and the language asked for."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import conditional_page
from ninja import NinjaAPI, Router
from ninja.errors import HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from digirum import __version__
from digirum.base.languages import BY_CODE, DEFAULT
from digirum.base.registries import api_routers

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"where": {"type": "array", "items": {}}, "what": {"type": "string"}},
            },
        },
    },
}


class OpenApi(NinjaAPI):
    """Describes, beside what each room answers, what every question may be answered with: that something is wrong."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """The description, with the problems (RFC 9457)."""
        described = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        content = {"application/problem+json": {"schema": PROBLEM}}
        for path, operations in described["paths"].items():
            for operation in operations.values():
                answers = operation["responses"]
                answers[422] = {"description": "The question could not be understood.", "content": content}
                if "{" in path:
                    answers[404] = {"description": "There is nothing at this address.", "content": content}
        return described


api = OpenApi(
    title="Digirum",
    version=__version__,
    description=(
        "Centres, topics and the programme of the room. Open to all, read only. Lists are paged by cursor; every answer "
        "has an ETag. Add language=en, ar or sv-simple for texts in another language than Swedish."
    ),
    openapi_url="openapi.json",
    docs_url=None,
    urls_namespace="api",
)


def _in_the_language_asked_for(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @functools.wraps(view)
    def speaking(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = BY_CODE.get(request.GET.get("language", ""), DEFAULT)
        with translation.override(language.code):
            response = view(request, *args, **kwargs)
        response.headers["Content-Language"] = language.html
        response.headers["Cache-Control"] = "no-cache"
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return speaking


def _problem(request: HttpRequest, status: int, title: str, **more: object) -> HttpResponse:
    """An answer in the form of RFC 9457."""
    response = api.create_response(request, {"title": title, "status": status, **more}, status=status)
    response.headers["Content-Type"] = "application/problem+json"
    return response


@api.exception_handler(Http404)
def not_found(request: HttpRequest, _problem_: Exception) -> HttpResponse:
    """404."""
    return _problem(request, 404, "There is nothing at this address.")


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """422, with what was wrong and where."""
    wrong = [{"where": list(error["loc"]), "what": error["msg"]} for error in problem.errors]
    return _problem(request, 422, "The question could not be understood.", errors=wrong)


@api.exception_handler(HttpError)
def refused(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """Whatever a room's router refuses, in its own words."""
    return _problem(request, problem.status_code, str(problem))


api.add_decorator(_in_the_language_asked_for, mode="view")
api.add_decorator(conditional_page, mode="view")
for _entry in api_routers:
    api.add_router(_entry.prefix, cast(Router, _entry.router))
