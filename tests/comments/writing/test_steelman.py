"""What the other person means, said first: one text with the reply."""

from comments.rendering import check_body, render_body
from comments.writing.steelman import compose


def test_it_stands_above_the_reply_as_a_quote() -> None:
    text = compose("You fear the list.\nSo do I.", "But somebody has to go first.")
    assert text == (
        "> *As I understand you:*\n> You fear the list.\n> So do I.\n\n"
        "But somebody has to go first."
    )
    html = render_body(check_body(text))
    assert html.startswith("<blockquote>\n<p><em>As I understand you:</em><br>")
    assert html.endswith("<p>But somebody has to go first.</p>\n")


def test_nothing_said_changes_nothing() -> None:
    assert compose("", "Only this.") == "Only this."
    assert compose(" \n ", "Only this.") == "Only this."


def test_paragraphs_stay_within_the_quote() -> None:
    assert compose("One.\n\nTwo.", "x").startswith(
        "> *As I understand you:*\n> One.\n>\n> Two.\n\n"
    )


def test_what_is_left_open_in_it_ends_with_it() -> None:
    html = render_body(compose("```\n<b>", "Mine."))
    assert html.endswith("</blockquote>\n<p>Mine.</p>\n")


def test_a_quote_that_opens_the_reply_is_another_quote() -> None:
    html = render_body(compose("That.", "> Yours.\n\nMine."))
    assert html.count("<blockquote>") == 2
