"""The slot for an external classifier. Off unless CLASSIFIER_URL is set.

It gets POST {"text": …} and answers {"score": 0..1, "model": "name and version"}.
Whatever else happens is a failure, and a failure holds.
"""

import json
import urllib.request
from http.client import HTTPException

from comments.screening.facts import ClassifierAnswer

MOST_BYTES = 10_000


def ask(text: str, *, url: str, timeout: float) -> ClassifierAnswer:
    try:
        return _read(_post(text, url=url, timeout=timeout))
    except TimeoutError:
        return ClassifierAnswer(failed=f"no answer within {timeout:g} seconds")
    except (OSError, HTTPException) as error:
        return ClassifierAnswer(failed=f"not reached ({error})")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ClassifierAnswer(failed="the answer was not understood")


def _post(text: str, *, url: str, timeout: float) -> bytes:
    request = urllib.request.Request(  # noqa: S310  # the operator's own address, checked to be http(s) at start
        url,
        data=json.dumps({"text": text}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=timeout) as response:  # noqa: S310  # as above
        body: bytes = response.read(MOST_BYTES)
        return body


def _read(body: bytes) -> ClassifierAnswer:
    answer = json.loads(body)
    score = answer["score"]
    if isinstance(score, bool) or not isinstance(score, int | float):
        raise TypeError(score)
    if not 0 <= score <= 1:
        raise ValueError(score)
    return ClassifierAnswer(float(score), model=str(answer.get("model", ""))[:80])
