"""How django-allauth behaves in this room: it brings the techniques, the room's own acts decide."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import user_pk_to_url_str
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from digirum.people.views import sso

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here: a person begins with a key."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the city's single sign-on."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never by allauth's own form; who comes from the city is known or made by ``person_from_the_city``."""
        return False

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> Any:
        """Nothing: what is taken from the claims is decided by the act."""
        return sociallogin.user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Here allauth has proof of who somebody is, and the room takes over."""
        raise ImmediateHttpResponse(sso.arrived(request, sociallogin))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """The room's own page instead of allauth's."""
        raise ImmediateHttpResponse(sso.failed(request))


class MFAAdapter(DefaultMFAAdapter):
    """Passkeys and time codes."""

    def encrypt(self, text: str) -> str:
        """The seed of a time code is kept encrypted, with a key drawn from the room's secret."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The seed as it was, also when it was encrypted under an older secret."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def _get_site_name(self) -> str:
        return str(settings.SITE_NAME)

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        """What the device shows beside a passkey: the name in the room, never the address."""
        return {"id": user_pk_to_url_str(user).encode(), "display_name": str(user), "name": str(user)}

    def get_totp_label(self, user: AbstractBaseUser) -> str:
        """What the app that makes time codes shows: the name in the room."""
        return str(user)


def _cipher() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    keys = [salted_hmac("digirum.people.mfa", "", secret=secret, algorithm="sha256").digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
