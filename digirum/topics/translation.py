"""Which texts of this room staff translate."""

from modeltranslation.translator import TranslationOptions, register

from digirum.topics.models import Area, Competence, HelpTopic, Theme


@register([Area, Competence, HelpTopic, Theme])
class NamedInWords(TranslationOptions):
    """A name and a description in each language; Swedish stands in where one is missing."""

    fields = ("name", "description")
