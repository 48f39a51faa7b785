"""The five minutes of the README as one walk, from the first page to the dare. It prints how long it took."""

import time

from stories.walker import FILES

SAW = "Mia showed me a drawing of a herring."
SAID = "Anne said: “I slept six hours on Tuesday.”"
ANSWER = "Seven. I counted."
BIRDS = ("Rypestad", "Bekkasin", "Trostheim", "Lerke", "Orrhøgda", "Tiuråsen", "Spettgata", "SVALE", "Finkebakken")


def words(walker) -> str:
    return walker.page.locator("main").inner_text()


def test_from_the_first_page_to_the_dare(walk, capsys):
    began = time.monotonic()

    kari = walk("kari")
    kari.opens(kari.page.locator("main a", has_text="Hansen").first)
    assert "We want evenings without shouting" in words(kari)
    address = kari.page.url.replace(kari.site, "")
    kari.go(address + "/write")
    kari.page.locator("[name=words]").focus()
    kari.page.keyboard.insert_text(f"{SAW}\n\n{SAID}")
    kari.page.locator("[data-para]").nth(1).wait_for()
    kari.page.locator("[data-show]").click()
    kari.page.locator("button[value=right]").click()
    kari.page.click("text=Give it back")
    kari.page.click("text=Kari, go on")
    kari.page.wait_for_load_state()

    anne = walk("anne")
    anne.go("/me")
    assert "Kari: our visit on Friday" in words(anne)
    anne.opens(anne.page.locator("main a", has_text="Our visit").first)
    assert SAW in words(anne) and "I slept six hours" in words(anne)
    anne.page.locator("a[href$='/answer']").last.click()
    anne.page.locator("label", has_text="I see it differently").click()
    anne.page.locator("textarea").first.fill(ANSWER)
    anne.opens(anne.page.get_by_role("button", name="Send"))
    assert ANSWER in words(anne)
    anne.opens(anne.page.get_by_role("button", name="Send now").first)

    kari.go(address)
    assert ANSWER in words(kari), "her answer stands wherever the sentence is shown"
    anne.go("/me/story")
    assert "paper round" not in words(anne)
    jonas = walk("jonas")
    jonas.go("/me/story")
    assert "paper round" in words(jonas) and ANSWER not in words(jonas)

    ingrid = walk("ingrid", width=1280)
    ingrid.go(address + "?at=2026-03-14")
    assert SAW not in words(ingrid) and "My ears are back on" in words(ingrid)

    rune = walk("rune")
    hidden, absent = rune.go(address), rune.go("/f/abcdefgh2345")
    assert hidden.status == absent.status == 404

    morten, seen, queue = walk("morten"), set(), ["/me"]
    while queue and len(seen) < 60:
        path = queue.pop()
        seen.add(path)
        if path.endswith(FILES):
            content = morten.page.request.get(morten.site + path).text()
        else:
            morten.go(path)
            content = morten.page.content()
        found = [bird for bird in BIRDS if bird.casefold() in content.casefold()]
        assert not found, (path, found)
        if path.endswith(FILES):
            continue
        links = morten.page.eval_on_selector_all("a[href^='/me']", "all => all.map(a => a.getAttribute('href'))")
        queue += [link.split("#")[0] for link in links if link.split("#")[0] not in seen]
    assert len(seen) > 20

    took = f"{time.monotonic() - began:.0f} seconds by a machine"
    with capsys.disabled():
        print(f"\nthe first walk: {took}, {len(seen)} pages searched by Morten")
