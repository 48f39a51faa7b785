"""Which page of the plan stands where, the same in both doors: (address under the door, name, view, methods)."""

from alongside.doors.planned import hard, needs, views

GET, BOTH, POST = ("GET",), ("GET", "POST"), ("POST",)
PAGES = (
    ("plan", "plan", views.plan, GET),
    ("plan/write", "plan-write", views.write, BOTH),
    ("plan/versions", "plan-versions", views.compared, GET),
    ("plan/child", "plan-child", views.child, GET),
    ("plan/child/write", "plan-child-write", views.child_write, BOTH),
    ("plan/needs/new", "plan-need", needs.say_need, BOTH),
    ("plan/strengths/new", "plan-strength", needs.say_strength, BOTH),
    ("plan/celebrate", "plan-celebrate", needs.celebrate, BOTH),
    ("plan/plan.pdf", "plan-file", views.as_file, GET),
    ("plan/hard-hours", "crisis", hard.hard, GET),
    ("plan/hard-hours/card.pdf", "crisis-file", views.card, GET),
    ("plan/hard-hours/write", "crisis-write", hard.write, BOTH),
    ("plan/hard-hours/used", "crisis-used", hard.used, POST),
    ("plan/hard-hours/review", "crisis-review", hard.review, BOTH),
    ("plan/safety", "safety", hard.safe, GET),
    ("plan/safety/write", "safety-write", hard.safe_write, BOTH),
)
OF_PRACTICE = (("plan/answer", "plan-answer", views.answer, BOTH),)
OF_FAMILY = (("plan/say", "plan-say", views.say, BOTH),)
