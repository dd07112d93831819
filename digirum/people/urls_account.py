"""Addresses of the account and of the ways to sign in besides the card."""

from django.urls import URLPattern, path

from digirum.people.views import (
    account,
    code_sign_in,
    email_sign_in,
    my_data,
    my_ways_in,
    passkey_sign_in,
    sso,
    stronger,
)

urlpatterns: list[URLPattern] = [
    path("logga-in/e-post", email_sign_in.ask, name="sign_in_by_email"),
    path("logga-in/e-post/kod", email_sign_in.code, name="email_code"),
    path("logga-in/engangskod", email_sign_in.time_code, name="time_code"),
    path("logga-in/passkey", passkey_sign_in.sign_in, name="sign_in_by_passkey"),
    path("logga-in/kod", code_sign_in.sign_in, name="sign_in_by_code"),
    path("logga-in/staden", sso.start, name="sso"),
    path("logga-in/staden/svar", sso.answer, name="sso_answer"),
    path("logga-in/starkare", stronger.strongly, name="sign_in_strongly"),
    path("logga-in/igen", stronger.again, name="sign_in_again"),
    path("mitt-konto", account.overview, name="account"),
    path("mitt-konto/namn", account.name, name="account_name"),
    path("mitt-konto/lasning", account.how_i_read, name="account_reading"),
    path("mitt-konto/plats", account.acceptance, name="account_acceptance"),
    path("mitt-konto/e-post", my_ways_in.add_email, name="add_email"),
    path("mitt-konto/e-post/kod", my_ways_in.confirm_email, name="confirm_email"),
    path("mitt-konto/e-post/ta-bort", my_ways_in.remove_email, name="remove_email"),
    path("mitt-konto/passkey", my_ways_in.my_passkeys, name="passkeys"),
    path("mitt-konto/passkey/<int:number>/ta-bort", my_ways_in.remove_passkey, name="remove_passkey"),
    path("mitt-konto/engangskoder", my_ways_in.my_time_codes, name="time_codes"),
    path("mitt-konto/engangskoder/ta-bort", my_ways_in.remove_time_codes, name="remove_time_codes"),
    path("mitt-konto/staden", sso.link, name="add_sso"),
    path("mitt-konto/uppgifter", my_data.page, name="my_data"),
    path("mitt-konto/uppgifter.json", my_data.file, name="my_data_file"),
    path("mitt-konto/radera", my_data.erase, name="erase"),
    path("raderat", my_data.erased, name="erased"),
]
