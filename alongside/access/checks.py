"""System checks: the demo's sign-in is refused where real families could be, and a file of leaked passwords that is
none."""

from django.conf import settings
from django.core.checks import Error, register

from alongside.access import leaked


@register("access")
def demo_sign_in(app_configs, **kwargs):
    """Looking around as somebody of the invented cast belongs to a data folder made for it, and nowhere else."""
    made_for_demo, holds = (settings.DATA / "demo.key").exists(), (settings.DATA / "alongside.db").exists()
    if settings.DEMO and holds and not made_for_demo:
        return [Error("This data folder was not made for the demo. Nobody looks around in it.", id="access.E001")]
    if made_for_demo and not settings.DEMO:
        return [Error("This data folder was made for the demo. It is served in demo mode only.", id="access.E002")]
    return []


@register("access")
def leaked_passwords(app_configs, **kwargs):
    """A file that is named and of no use would be a wall that nobody misses."""
    wrong = leaked.wrong(settings.LEAKED) if settings.LEAKED else ""
    return [Error(wrong, id="access.E003")] if wrong else []
