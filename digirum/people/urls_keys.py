"""Addresses of the key and of signing in by it."""

from django.urls import path

from digirum.people.views import card, desk_key, key, sign_in

urlpatterns = [
    path("nyckel", key.take_key, name="take_key"),
    path("nyckel/qr", sign_in.sign_in_by_qr, name="sign_in_by_qr"),
    path("nyckel/kort.pdf", card.card_pdf, name="card_pdf"),
    path("nyckel/utskrift", card.card_sheet, name="card_sheet"),
    path("logga-in", sign_in.sign_in, name="sign_in"),
    path("logga-ut", sign_in.sign_out, name="sign_out"),
    path("logga-ut/overallt", key.sign_out_everywhere, name="sign_out_everywhere"),
    path("fortsatt", sign_in.extend, name="extend"),
    path("mitt-konto/nycklar", key.my_keys, name="my_keys"),
    path("mitt-konto/nycklar/nytt-kort", key.replace_my_key, name="replace_my_key"),
    path("mitt-konto/nycklar/dra-in", key.retire_my_key, name="retire_my_key"),
    path("mitt-konto/inloggningar/<uuid:session_id>/avsluta", key.end_sign_in, name="end_sign_in"),
    path("disk/nyckel", desk_key.desk_key, name="desk_key"),
    path("disk/nyckel/person/<uuid:person_id>", desk_key.desk_key_person, name="desk_key_person"),
    path("disk/delad-dator", desk_key.desk_shared_computer, name="desk_shared_computer"),
]
