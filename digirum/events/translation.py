"""Which texts of this room staff translate."""

from modeltranslation.translator import TranslationOptions, register

from digirum.events.models import Event


@register(Event)
class EventInWords(TranslationOptions):
    """What people read of an event, in each language; Swedish stands in where one is missing."""

    fields = ("name", "summary", "description", "price_text")
