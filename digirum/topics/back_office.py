"""The back office's view sets stand in ``people``, which all nouns' rooms can import; this is their name here."""

from digirum.people.back_office import (
    ActCreateView,
    ActDeleteView,
    ActEditView,
    ActForm,
    ActIndexView,
    ActingMixin,
    ActViewSet,
    RulePolicy,
    say_refusal,
)

__all__ = [
    "ActCreateView",
    "ActDeleteView",
    "ActEditView",
    "ActForm",
    "ActIndexView",
    "ActViewSet",
    "ActingMixin",
    "RulePolicy",
    "say_refusal",
]
