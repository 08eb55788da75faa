"""A page that stays open, and what the next visit finds, in a real browser."""

import pytest

from tests.browser.conftest import OpenPage, Site
from tests.browser.test_fifty import on_the_site
from tests.browser.test_main_path import ARTICLE, sign_in, wait_for_state, write
from tests.worker.conftest import wait_until

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, expect  # after the check for it

HALF_MINUTE = 31_000
OFFER = ".live-offer button"

PUBLISH = """
import django
django.setup()
from articles.models import Article
from comments.actions.deciding import Decider, decide
from comments.actions.posting import post_comment
from comments.models import Comment
from comments.states import State
from ethicsforum.accounts.models import User
comment = post_comment(
    Article.objects.get(slug="the-order-of-the-list"),
    author=User.objects.get(email="{email}"),
    body={body!r},
    parent=Comment.objects.filter(pk={parent}).first(),
)
decide(comment.revisions.get(), to=State.PUBLISHED, by=Decider.machine())
print(comment.pk)
"""

IN_SCREENING = """
import django
django.setup()
from comments.models import Revision
print(Revision.objects.filter(state="screening").count())
"""
EDIT = """
import django
django.setup()
from comments.actions.posting import edit_comment
from comments.models import Comment
print(edit_comment(Comment.objects.get(pk={pk}), body="A second text.").pk)
"""
APPROVE = """
import django
django.setup()
from comments.actions.deciding import Decider, decide
from comments.models import Revision
from comments.states import State
from ethicsforum.accounts.models import User
by = Decider.moderator(User.objects.get(email="second@example.org"))
decide(Revision.objects.get(pk={pk}), to=State.PUBLISHED, by=by)
"""
REMOVE = """
import django
django.setup()
from comments.actions.deciding import Reason
from comments.actions.moderating import remove_comment
from comments.models import Comment, Rule
from ethicsforum.accounts.models import User
remove_comment(
    Comment.objects.get(pk={pk}),
    moderator=User.objects.get(email="second@example.org"),
    reason=Reason(Rule.objects.get(code="person"), "About the person."),
)
"""


@pytest.fixture(autouse=True, scope="module")
def settled(site: Site) -> None:
    """What the demo leaves in screening comes out soon, and would be news as well."""
    wait_until(lambda: on_the_site(site, IN_SCREENING) == "0", "nothing is screened")


def publish(site: Site, body: str, parent: str = "", by: str = "moderator") -> str:
    """By somebody else, at once; the id of its element."""
    pk = pk_of(parent) if parent else 0
    script = PUBLISH.format(body=body, parent=pk, email=f"{by}@example.org")
    return f"comment-{on_the_site(site, script)}"


def pk_of(element: str) -> int:
    return int(element.removeprefix("comment-"))


def wait_for_note(page: Page, comment: str, state: str) -> None:
    def is_there() -> bool:
        page.goto(f"/comments/{pk_of(comment)}/")
        note = page.locator(f"#{comment} .comment-note").first
        return note.get_attribute("data-state") == state

    wait_until(is_there, f"the new text of {comment} is {state}")


def let_time_pass(page: Page, milliseconds: int = HALF_MINUTE) -> None:
    page.clock.fast_forward(milliseconds)


def open_article(page: Page) -> None:
    page.clock.install()
    page.goto(ARTICLE)
    expect(page.locator(".live-switch")).to_be_visible()


def test_what_another_writes_is_offered_and_shown(
    site: Site, open_page: OpenPage
) -> None:
    reader, author = open_page(), open_page()
    open_article(reader)
    before = reader.evaluate("document.documentElement.scrollHeight")
    count = int(reader.locator("#discussion-title").inner_text().split()[0])
    sign_in(author, "second@example.org")
    comment = write(author, "Written while somebody reads.")
    wait_for_state(author, comment, "published")

    let_time_pass(reader)
    expect(reader.locator(OFFER)).to_have_text("Show 1 new comment")
    assert reader.evaluate("document.documentElement.scrollHeight") == before
    expect(reader.locator(f"#{comment}")).to_have_count(0)

    reader.locator(OFFER).press("Enter")
    shown = reader.locator(f"#{comment}")
    expect(shown).to_be_in_viewport()
    expect(shown).to_be_focused()
    expect(shown.locator(".new-mark")).to_have_text("New")
    expect(reader.locator(OFFER)).to_have_count(0)
    expect(reader.locator("[data-spoken]")).to_have_text("1 new comment shown.")
    title = reader.locator("#discussion-title")
    expect(title).to_have_text(f"{count + 1} comments")

    let_time_pass(reader)
    expect(reader.locator(OFFER)).to_have_count(0)


def test_the_offer_never_lies_on_the_form(site: Site, open_page: OpenPage) -> None:
    member = open_page(viewport={"width": 390, "height": 844})
    sign_in(member, "second@example.org")
    open_article(member)
    publish(site, "Written while somebody else writes.")
    let_time_pass(member)
    expect(member.locator(OFFER)).to_be_attached()
    for button in member.locator("#comment-form button:visible").all():
        # Refused by the browser where something else would get the press.
        button.click(trial=True)


def test_a_reply_is_put_below_what_it_answers(site: Site, open_page: OpenPage) -> None:
    reader = open_page()
    open_article(reader)
    roots = reader.locator(".discussion > .thread > li > .comment")
    answered = roots.and_(reader.locator("[data-state=published]")).last
    parent = str(answered.get_attribute("id"))
    reply = publish(site, "An answer in its place.", parent=parent)
    let_time_pass(reader)
    reader.click(OFFER)
    inside = reader.locator(f"#{parent} > .replies #{reply}")
    expect(inside).to_be_in_viewport()


def test_it_can_be_switched_off_and_stays_off(site: Site, open_page: OpenPage) -> None:
    reader = open_page()
    open_article(reader)
    reader.uncheck(".live-switch input")
    asked = []
    reader.on("request", lambda sent: asked.append(sent.url))
    publish(site, "Nobody is told of this.")
    reader.reload()
    expect(reader.locator(".live-switch input")).not_to_be_checked()
    let_time_pass(reader, 10 * HALF_MINUTE)
    publish(site, "Nor of this.")
    let_time_pass(reader, 10 * HALF_MINUTE)
    assert not [url for url in asked if "/new/" in url]
    expect(reader.locator(OFFER)).to_have_count(0)
    reader.check(".live-switch input")
    expect(reader.locator(OFFER)).to_be_visible()


def test_a_server_that_is_away_costs_nothing(site: Site, open_page: OpenPage) -> None:
    reader = open_page()
    open_article(reader)
    reader.route("**/new/**", lambda route: route.abort())
    let_time_pass(reader)
    publish(site, "Came while the line was cut.")
    let_time_pass(reader, 2 * HALF_MINUTE)
    reader.unroute("**/new/**")
    let_time_pass(reader, 20 * HALF_MINUTE)
    expect(reader.locator(OFFER)).to_be_visible()


def test_readers_find_on_their_device_what_is_new(
    site: Site, open_page: OpenPage
) -> None:
    reader = open_page()
    reader.clock.install()
    reader.goto(ARTICLE)
    expect(reader.locator(".new-mark")).to_have_count(0)
    newer = [publish(site, f"New on the device, {number}.") for number in range(2)]
    # Nothing more than the device's own memory says when the visit was.
    reader.evaluate(
        """() => {
          const visits = JSON.parse(localStorage.getItem("visits"));
          visits[location.pathname] = [Date.now() - 31 * 60000, null];
          localStorage.setItem("visits", JSON.stringify(visits));
        }"""
    )
    reader.goto(f"{ARTICLE}?sort=oldest")
    expect(reader.locator(".news-line")).to_contain_text("new since your visit on")
    fresh = reader.locator(".comment[data-new]")
    for comment in newer:
        expect(reader.locator(f"#{comment}[data-new] .new-mark")).to_be_visible()
    reader.click(".news-line a")
    first = fresh.first.get_attribute("id")
    assert reader.url.endswith(f"#{first}")
    reader.click(f"#{first} .new-next")
    assert reader.url.endswith(f"#{fresh.nth(1).get_attribute('id')}")


def test_ones_own_comment_changes_in_place(open_page: OpenPage) -> None:
    author, moderator = open_page(), open_page()
    sign_in(author, "newcomer@example.org")
    comment = write(author, "Watched from where it was written.")
    own = author.locator(f"#{comment}")
    expect(own).to_have_attribute("data-state", "held")
    address = author.url

    sign_in(moderator, "moderator@example.org")
    moderator.goto("/admin/comments/queueitem/?q=Watched")
    moderator.click(".card [data-approve]")
    expect(own).to_have_attribute("data-state", "published")
    expect(own.locator(".comment-note")).to_contain_text("everybody can read it")
    expect(author.locator("[data-spoken]")).to_contain_text("everybody can read it")
    assert author.url == address


def test_its_replies_stay_when_its_new_text_is_decided(
    site: Site, open_page: OpenPage
) -> None:
    comment = publish(site, "A first text.", by="newcomer")
    reply = publish(site, "An answer to it.", parent=comment)
    revision = on_the_site(site, EDIT.format(pk=pk_of(comment)))
    author = open_page()
    sign_in(author, "newcomer@example.org")
    wait_for_note(author, comment, "held")
    on_the_site(site, APPROVE.format(pk=revision))
    own = author.locator(f"#{comment}")
    expect(own.locator(".comment-body").first).to_have_text("A second text.")
    expect(own.locator(f"#{reply}")).to_be_visible()


def test_what_is_taken_down_leaves_the_page_and_its_replies_stay(
    site: Site, open_page: OpenPage
) -> None:
    comment = publish(site, "Not for long.")
    reply = publish(site, "What answered it.", parent=comment, by="newcomer")
    reader = open_page()
    open_article(reader)
    expect(reader.locator(f"#{comment}")).to_contain_text("Not for long.")
    on_the_site(site, REMOVE.format(pk=pk_of(comment)))
    let_time_pass(reader)
    gone = reader.locator(f"#{comment}")
    expect(gone).to_have_attribute("data-state", "removed")
    expect(gone).to_contain_text("Removed by a moderator under the rule")
    expect(gone).not_to_contain_text("Not for long.")
    expect(reader.locator(f"#{comment} #{reply}")).to_be_visible()
