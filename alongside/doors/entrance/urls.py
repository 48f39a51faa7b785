"""The addresses of the entrance."""

from django.urls import path

from alongside.doors.entrance import (
    again,
    first_day,
    next_time,
    own_key,
    own_passkeys,
    own_provider,
    own_visits,
    passkey,
    provider,
)

urlpatterns = [
    path("invited", first_day.invited, name="invited"),
    path("first-day", first_day.first_day, name="first-day"),
    path("passkey", passkey.come_in, name="passkey"),
    path("passkey/begin", passkey.begin, name="passkey-begin"),
    path("provider", provider.begin, name="provider"),
    path("provider/back", provider.back, name="provider-back"),
    path("provider/connect", provider.connect, name="provider-connect"),
    path("provider/no", provider.no, name="provider-no"),
    path("provider/out", provider.out, name="provider-out"),
    path("settings/provider", own_provider.own, name="own-provider"),
    path("again", again.again, name="again"),
    path("me/next-time", next_time.next_time, name="next-time"),
    path("visits", own_visits.at_work, name="visits"),
    path("me/visits", own_visits.at_home, name="my-visits"),
    path("settings/passkeys", own_passkeys.own, name="passkeys"),
    path("settings/passkeys/begin", own_passkeys.begin, name="passkeys-begin"),
    path("key", own_key.at_work, name="key"),
    path("me/key", own_key.at_home, name="my-key"),
]
