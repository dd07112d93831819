"""Which texts of this room staff translate."""

from modeltranslation.translator import TranslationOptions, register

from digirum.topics.models import Area, Competence, HelpTopic, Theme


@register([Area, Competence, Theme])
class NamedInWords(TranslationOptions):
    """A name and a description in each language; Swedish stands in where one is missing."""

    fields = ("name", "description")


@register(HelpTopic)
class HelpTopicInWords(TranslationOptions):
    """Beside name and description, the words by which people look for it."""

    fields = ("name", "description", "words")
