"""Passkeys from end to end, with an authenticator that Chromium plays itself."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.conftest import PASSWORD, OpenPage, Site
from tests.browser.test_main_path import sign_in
from tests.worker.conftest import wait_until

pytest.importorskip("playwright", reason="playwright is in requirements/dev.txt")
from playwright.sync_api import Page, expect  # after the check for it

PLATFORM = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A browser with a finger on its sensor."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._devtools = page.context.new_cdp_session(page)
        self._ask("WebAuthn.enable")
        made = self._ask("WebAuthn.addVirtualAuthenticator", options=PLATFORM)
        self._id = made["authenticatorId"]

    def passkeys(self) -> list[Any]:
        found = self._ask("WebAuthn.getCredentials", authenticatorId=self._id)
        return list(found["credentials"])

    def refuses(self) -> None:
        """The finger is somebody else's."""
        self._ask(
            "WebAuthn.setUserVerified", authenticatorId=self._id, isUserVerified=False
        )

    def _ask(self, method: str, **params: Any) -> Any:
        return self._devtools.send(method, params)


@pytest.fixture
def device(site: Site, open_page: OpenPage) -> Iterator[Device]:
    # A passkey belongs to a name; 127.0.0.1 is none.
    yield Device(open_page(base_url=f"http://localhost:{site.port}"))


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.click("main button.primary")
    expect(page.locator(".account-nav")).to_contain_text("Sign in")


def confirm_address(page: Page, site: Site, address: str) -> None:
    mail = wait_until(lambda: site.mails_to(address), "the mail with the code")[-1]
    code = re.search(r"^\s*([A-Z0-9]{4}-[A-Z0-9]{4})\s*$", mail, re.MULTILINE)
    assert code, mail
    page.fill("input[name=code]", code.group(1))
    page.press("input[name=code]", "Enter")


def test_join_and_come_back_with_a_passkey(site: Site, device: Device) -> None:
    page = device.page
    page.goto("/accounts/signup/")
    page.click("text=Join with a passkey")
    page.fill("input[name=email]", "pia@example.net")
    page.fill("input[name=username]", "Pia")
    page.press("input[name=username]", "Enter")
    confirm_address(page, site, "pia@example.net")
    page.click("text=Make the passkey")
    expect(page.locator(".account-nav")).to_contain_text("Pia")
    assert len(device.passkeys()) == 1

    sign_out(page)
    page.goto("/accounts/login/?next=/following/")
    page.click("text=Use a passkey")
    expect(page.locator(".account-nav")).to_contain_text("Pia")
    assert page.url.endswith("/following/")


def test_add_one_to_an_account_and_sign_in_with_it(device: Device) -> None:
    page = device.page
    sign_in(page, "reader@example.org")
    page.goto("/accounts/2fa/")
    page.click("text=Add a passkey")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.fill("input[name=name]", "My phone")
    page.click("text=Add the passkey")
    expect(page.locator(".codes li")).to_have_count(10)
    page.goto("/accounts/2fa/webauthn/")
    expect(page.locator(".account-list")).to_contain_text("My phone")

    sign_out(page)
    page.goto("/accounts/login/")
    page.click("text=Use a passkey")
    expect(page.locator(".account-nav")).to_contain_text("Notices")

    sign_out(page)
    page.goto("/accounts/login/")
    page.fill("input[name=login]", "reader@example.org")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.click("text=Use your passkey")
    expect(page.locator(".account-nav")).to_contain_text("Notices")


def test_a_passkey_that_fails_is_told_of(device: Device) -> None:
    page = device.page
    page.goto("/accounts/login/")
    expect(page.locator("[data-passkey-failed]")).to_be_hidden()
    page.click("text=Use a passkey")
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
