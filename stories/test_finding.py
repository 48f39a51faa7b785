"""Finding, as people do it: Kari by keyboard before a meeting, Anne on her phone, nobody with a mouse or a script."""


def test_kari_finds_the_thing_about_the_bed_without_a_mouse(walk):
    kari = walk("kari", width=1280)
    kari.page.keyboard.press("/")
    kari.page.wait_for_url("**/find*")
    kari.page.keyboard.press("/")
    assert kari.page.evaluate("document.activeElement.name") == "q"
    kari.page.keyboard.type("the thing about the w/bed?")
    assert kari.page.url.endswith("/find"), "keys rest while something is filled in"
    kari.page.fill("input[name=q]", "the thing about the bed")
    kari.page.keyboard.press("Enter")
    kari.page.wait_for_url("**/find?q=*")
    assert kari.page.locator("mark").first.inner_text() == "bed"
    assert kari.axe() == []
    kari.page.locator("main").focus()
    kari.page.keyboard.press("?")
    kari.page.wait_for_url("**/keys")
    kari.page.keyboard.press("w")
    kari.page.wait_for_url("**/write")
    assert kari.others == [] and kari.said == []


def test_keys_with_others_held_down_are_the_browsers(walk):
    kari = walk("kari", width=1280)
    kari.page.keyboard.press("Control+/")
    kari.page.keyboard.press("Alt+w")
    kari.page.wait_for_timeout(200)
    assert kari.page.url.endswith("/today")


def test_switched_off_they_are_gone(walk):
    ingrid = walk("ingrid", width=1280)
    ingrid.go("/settings")
    ingrid.page.locator('input[name=keys][value="off"]').check()
    ingrid.page.locator("main form button").first.click()
    ingrid.page.wait_for_url("**done=settings")
    ingrid.page.keyboard.press("/")
    ingrid.page.wait_for_timeout(200)
    assert "/settings" in ingrid.page.url


def test_anne_finds_her_words_on_a_phone_without_scripts(walk):
    anne = walk("anne", width=320, scripts=False)
    anne.go("/me/find")
    anne.page.fill("input[name=q]", "night shift")
    anne.page.click("main form button")
    anne.page.wait_for_load_state()
    assert anne.page.url.endswith("/me/find")
    assert anne.page.locator("mark").first.inner_text() == "night"
    assert anne.wide() <= 0


def test_found_pages_are_readable_for_everybody(walk):
    for width, night in ((390, False), (1280, True)):
        kari = walk("kari", width=width, night=night)
        for path in ("/find?q=anne", "/find?q=zzqx", "/find", "/keys"):
            kari.go(path)
            assert kari.axe() == [] and kari.wide() <= 0, path
        anne = walk("anne", width=width, night=night)
        anne.go("/me/find")
        anne.page.fill("input[name=q]", "night")
        anne.page.click("main form button")
        anne.page.wait_for_load_state()
        assert anne.axe() == [] and anne.wide() <= 0
        anne.go("/me/story?how=told&what=talks")
        assert anne.axe() == [] and anne.wide() <= 0
    assert kari.others == anne.others == []


def test_a_chosen_story_is_kept_and_used_again(walk):
    kari = walk("kari", width=320, scripts=False)
    kari.go("/families")
    story = kari.page.locator("main h2 a").first.get_attribute("href") + "/story"
    kari.go(f"{story}?how=seen")
    kari.page.locator("summary", has_text="Keep this way of looking").click()
    kari.page.fill("input[name=called]", "What we saw ourselves, before the meeting in January")
    kari.opens(kari.page.locator("form", has=kari.page.locator("input[name=called]")).locator("button"))
    assert kari.page.locator(".kept-looks a[aria-current]").count() == 1
    assert kari.wide() <= 0
    kari.opens(kari.page.locator(".kept-looks button"))
    assert kari.page.locator(".kept-looks").count() == 0
