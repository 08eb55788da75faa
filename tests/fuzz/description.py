"""What the addresses for programs take and give, in OpenAPI. For the tests: the site
serves no such document, as docs/ has the reader's version."""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string", "maxLength": 80}
SLUG: Schema = {"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,60}$"}
ID: Schema = {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
IDS: Schema = {"type": "array", "items": {"type": "integer"}}
NOT_THERE = {"400": "text/html", "404": "text/html"}
ATOM = "application/atom+xml"
PERIOD: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2})?$"}


def record(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def param(name: str, schema: Schema = TEXT, where: str = "query") -> Schema:
    required = where == "path"
    return {"name": name, "in": where, "schema": schema, "required": required}


def gives(answers: dict[str, str], schema: Schema | None = None) -> Schema:
    """Content types by status; the schema is that of the good answer."""
    said: Schema = {}
    for status, kind in answers.items():
        is_good = status == "200" and schema is not None
        content = {kind: {"schema": schema} if is_good else {}} if kind else {}
        said[status] = {"description": status, "content": content}
    return said


def get(
    *params: Schema, answers: dict[str, str], schema: Schema | None = None
) -> Schema:
    return {"get": {"parameters": params, "responses": gives(answers, schema)}}


def feed(*params: Schema) -> Schema:
    return get(*params, answers={"200": ATOM, **NOT_THERE})


SLUG_IN_PATH, ID_IN_PATH = param("slug", SLUG, "path"), param("pk", ID, "path")
STRING: Schema = {"type": "string"}
OEMBED: Schema = {
    "type": "object",
    "properties": {"version": {"const": "1.0"}, "type": {"const": "link"}},
    "required": ["version", "type", "title", "provider_name", "provider_url"],
    "not": {"required": ["html"]},
}
VOTE: Schema = {
    "type": "object",
    "properties": {
        "axis": {"enum": ["value", "agree"]},
        "choice": {"enum": ["up", "down", "none"]},
    },
    "required": ["axis", "choice"],
}
TO_A_VOTE = ["302", "400", "403", "404", "409", "422", "429"]
VOTES: Schema = {
    "post": {
        "parameters": [ID_IN_PATH],
        "requestBody": {
            "required": True,
            "content": {"application/x-www-form-urlencoded": {"schema": VOTE}},
        },
        "responses": gives(dict.fromkeys(TO_A_VOTE, "text/html")),
    }
}
PATHS: Schema = {
    "/healthz": get(answers={"200": "application/json"}),
    "/readyz": get(answers={"200": "application/json", "503": "application/json"}),
    "/robots.txt": get(answers={"200": "text/plain"}),
    "/sitemap.xml": get(answers={"200": "application/xml", **NOT_THERE}),
    "/oembed/": get(
        param("url"),
        param("format", {"enum": ["json", "xml"]}),
        param("maxwidth"),
        param("maxheight"),
        answers={"200": "application/json", "501": "text/plain", **NOT_THERE},
        schema=OEMBED,
    ),
    "/feeds/articles/": feed(),
    "/topics/{slug}/feed/": feed(SLUG_IN_PATH),
    "/articles/{slug}/feed/": feed(SLUG_IN_PATH),
    "/articles/{slug}/share.png": get(
        SLUG_IN_PATH, answers={"200": "image/png", **NOT_THERE}
    ),
    "/articles/{slug}/new/": get(
        SLUG_IN_PATH,
        param("since", {"type": "integer"}),
        answers={"200": "application/json", **NOT_THERE},
        schema=record(count={"type": "integer"}, ids=IDS),
    ),
    "/comments/{pk}/part/": get(
        ID_IN_PATH, param("seen"), answers={"302": "text/html", **NOT_THERE}
    ),
    "/comments/{pk}/votes/": VOTES,
    "/members/complete/": get(
        param("article", SLUG),
        param("q"),
        answers={"200": "application/json", **NOT_THERE},
        schema=record(names={"type": "array", "items": STRING}),
    ),
    "/moderation/log/feed/": feed(param("rule"), param("kind"), param("month")),
    "/moderation/log/head/": get(answers={"200": "application/json", **NOT_THERE}),
    "/moderation/log.jsonl": get(answers={"200": "application/jsonl"}),
    "/moderation/report/{period}.json": get(
        param("period", PERIOD, "path"),
        answers={"200": "application/json", **NOT_THERE},
    ),
    "/moderation/report/{period}.csv": get(
        param("period", PERIOD, "path"), answers={"200": "text/csv", **NOT_THERE}
    ),
}
DESCRIPTION: Schema = {
    "openapi": "3.1.0",
    "info": {"title": "Ethics Forum", "version": "1"},
    "paths": PATHS,
}
