"""Language, size of text, light, and what is none of them."""

from alongside.access.models import Account


def test_choices_are_kept(be):
    kari = be("kari")
    done = kari.post("/settings", {"language": "nb", "text_size": "125", "light": "night"})
    assert done.status_code == 303
    account = Account.objects.get(login="kari")
    assert (account.language, account.text_size, account.light) == ("nb", 125, "night")
    assert b'data-light="night"' in kari.get("/settings").content


def test_what_is_no_choice_changes_nothing(be):
    kari = be("kari")
    for odd in (
        {},
        {"language": "xx", "text_size": "100", "light": ""},
        {"language": "en", "text_size": "9e9", "light": ""},
    ):
        assert kari.post("/settings", odd).status_code == 400
    assert Account.objects.get(login="kari").text_size == 100


def test_only_through_this_door(be, client):
    assert be("anne").get("/settings").status_code == 404
    assert client.get("/settings", HTTP_HOST="127.0.0.1").status_code == 303
