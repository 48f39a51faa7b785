"""Somebody who works here adds a passkey and comes in with it, in a real browser with a made-up authenticator."""

from stories.walker import Walker

BUILT_IN = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


class Holder(Walker):
    """Kari at the address by name, with a machine that has an authenticator."""

    def __init__(self, chromium, site, who, **how) -> None:
        super().__init__(chromium, site.replace("127.0.0.1", "localhost"), who, **how)
        self.devtools = self.context.new_cdp_session(self.page)
        self.devtools.send("WebAuthn.enable")
        made = self.devtools.send("WebAuthn.addVirtualAuthenticator", {"options": BUILT_IN})
        self.authenticator = made["authenticatorId"]

    def knows(self, person: bool) -> None:
        """Whether the authenticator recognises the one who touches it."""
        told = {"authenticatorId": self.authenticator, "isUserVerified": person}
        self.devtools.send("WebAuthn.setUserVerified", told)

    def arrives(self, path: str) -> None:
        self.page.wait_for_url(self.site + path)

    def press(self, words: str) -> None:
        self.page.locator("main").get_by_role("button", name=words).first.click()


def test_a_passkey_from_the_first_to_the_last_day(chromium, site):
    kari = Holder(chromium, site, "kari")
    kari.go("/settings")
    kari.page.get_by_role("link", name="Your passkeys").click()
    assert kari.axe() == []
    kari.page.fill("[name=called]", "the phone from work")
    kari.press("Add a passkey")
    kari.page.wait_for_selector("text=not used yet")
    assert kari.axe() == []

    # out, and in again without a name, a password or digits
    kari.go("/settings")
    kari.press("Sign out")
    kari.arrives("/left")
    kari.go("/?to=/waiting")
    assert kari.axe() == []
    kari.press("Use a passkey")
    kari.arrives("/waiting")
    kari.go("/visits")
    assert "with a passkey" in kari.page.locator("main").inner_text()

    # where the device does not recognise anybody, nothing opens
    kari.go("/settings")
    kari.press("Sign out")
    kari.arrives("/left")
    kari.knows(False)
    kari.go("/")
    kari.press("Use a passkey")
    kari.page.wait_for_selector("text=That did not work")
    assert kari.axe() == []
    kari.knows(True)
    kari.press("Use a passkey")
    kari.arrives("/today")

    # taken away here it opens nothing, though the device still has it
    kari.go("/settings/passkeys")
    assert "last used" in kari.page.locator("main").inner_text()
    kari.press("Take it away")
    kari.page.wait_for_selector("text=None yet")
    kari.go("/settings")
    kari.press("Sign out")
    kari.arrives("/left")
    kari.go("/")
    kari.press("Use a passkey")
    kari.page.wait_for_selector("text=We do not take this passkey")
    assert kari.axe() == [] and kari.others == []
    kari.close()


def test_without_scripts_nothing_of_it_is_in_the_way(chromium, site):
    plain = Walker(chromium, site.replace("127.0.0.1", "localhost"), "kari", scripts=False)
    plain.go("/")
    assert not plain.page.get_by_role("button", name="Use a passkey").is_visible()
    plain.go("/settings/passkeys")
    assert "needs scripts" in plain.page.locator("main").inner_text()
    plain.close()
