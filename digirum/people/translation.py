"""Which texts of this room staff translate."""

from modeltranslation.translator import TranslationOptions, register

from digirum.people.models import Organisation


@register(Organisation)
class OrganisationInWords(TranslationOptions):
    """The name of an organisation."""

    fields = ("name",)
