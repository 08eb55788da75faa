"""What a browser would send of a form of the admin, as the page came."""

from typing import Any

from django.test import Client


def filled(client: Client, address: str) -> dict[str, Any]:
    response = client.get(address)
    assert response.status_code == 200
    return as_sent(response)


def as_sent(response: Any) -> dict[str, Any]:
    form = response.context["adminform"].form
    sent: dict[str, Any] = {}
    for name in form.fields:
        bound = form[name]
        value = bound.value()
        if value is not None and value is not False:
            sent[bound.html_name] = value
        if bound.field.show_hidden_initial:
            shown = form.data.get(bound.html_initial_name, bound.initial)
            sent[bound.html_initial_name] = "" if shown is None else str(shown)
    return sent


def text(response: Any) -> str:
    return str(response.content.decode())
