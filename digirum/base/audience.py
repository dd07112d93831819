"""For whom a thing is: the audiences of the room, from widest to narrowest."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.TextChoices):
    """Who may see a record. Which people belong to an audience is decided by the rules of each room."""

    PUBLIC = "public", _("Everyone")
    SIGNED_IN = "signed-in", _("Everyone who has signed in")
    PARTNERS = "partners", _("Partners")
    CITY = "city", _("Everyone who works for the city")
    ORGANISATION = "organisation", _("One organisation")
    MEMBERS = "members", _("Members")
