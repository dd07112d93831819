"""Which texts of this room staff translate."""

from modeltranslation.translator import TranslationOptions, register

from digirum.place.models import AccessibilityFact, Centre, CentreHelp, ClosedDay, HoursPeriod


@register(Centre)
class CentreInWords(TranslationOptions):
    """What a visitor reads about a centre."""

    fields = ("name", "summary", "how_to_find", "what_is_there")


@register(AccessibilityFact)
class AccessibilityFactInWords(TranslationOptions):
    """The note beside a fact."""

    fields = ("note",)


@register(HoursPeriod)
class HoursPeriodInWords(TranslationOptions):
    """What a period is called."""

    fields = ("name",)


@register(ClosedDay)
class ClosedDayInWords(TranslationOptions):
    """Why it is closed."""

    fields = ("reason",)


@register(CentreHelp)
class CentreHelpInWords(TranslationOptions):
    """How far we help, and who does when we do not."""

    fields = ("note", "who_does")
