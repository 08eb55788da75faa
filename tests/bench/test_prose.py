"""The made-up texts are what a comment may be, and are stored as one would be."""

from itertools import islice

from bench.prose import Prose, html_of, key_of
from comments.rendering import check_body, render_body
from comments.screening.text import text_key


def test_a_text_is_stored_as_if_it_had_been_posted() -> None:
    for source in islice(Prose().sources(), 20):
        assert check_body(source) == source
        assert render_body(source) == html_of(source)
        assert text_key(source) == key_of(source)


def test_no_two_texts_are_alike_and_all_are_the_same_each_time() -> None:
    first, again = (list(islice(Prose().sources(), 500)) for _ in range(2))
    assert len(set(first)) == 500
    assert first == again
