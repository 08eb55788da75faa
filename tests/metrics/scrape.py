"""What a monitor reads."""

from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

Figures = dict[str, float]


def figures(client: Client) -> Figures:
    """Each figure by its name and labels, as it is written: `name{a="b"}`."""
    response = client.get("/metrics")
    assert response.status_code == 200
    return read(response.content.decode())


def read(text: str) -> Figures:
    families = list(text_string_to_metric_families(text))
    names = [family.name for family in families]
    assert len(set(names)) == len(names), "each name once"
    return {
        written(sample.name, **sample.labels): sample.value
        for family in families
        for sample in family.samples
    }


def written(name: str, **labels: str) -> str:
    inside = ",".join(f'{key}="{value}"' for key, value in sorted(labels.items()))
    return f"{name}{{{inside}}}" if inside else name
