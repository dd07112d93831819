"""How django-allauth behaves in this room."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in by e-mail."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Sign-in by the city's single sign-on."""
