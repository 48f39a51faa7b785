"""Every page of a family's own door and of a partner's, asked what must hold on every page."""

from stories.every_page import EveryPage, walked

person = walked({"anne": "/me", "jonas": "/me", "berg": "/me/part", "morten": "/me"})


class TestFamilies(EveryPage):
    LEAST = {"anne": 27, "jonas": 22, "morten": 21, "berg": 16}
