"""The personal data of accounts: each field with why it is kept, who sees it, how long, and what happens then."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from digirum.base.registries import PersonalData

TASK = _("Public interest: everyone can take part (GDPR article 6.1 e).")
SECURITY = _("Public interest: nobody else may act in the person's name (GDPR article 6.1 e and article 32).")
OFFICE = _("Public interest: the city must know who may do what (GDPR article 6.1 e).")
MEMBER = _("As long as the account.")
DELETED = _("Deleted.")
OWN = _("The person.")
NOBODY = _("Nobody.")
STAFF = _("The person, administrators and coordinators.")


def declared(
    field: str,
    purpose: str | Promise,
    *,
    seen_by: str | Promise,
    basis: str | Promise = TASK,
    kept: str | Promise = MEMBER,
    then: str | Promise = DELETED,
) -> PersonalData:
    """One line of the record of processing; ``field`` is "app.Model.field"."""
    model, _dot, name = field.rpartition(".")
    return PersonalData(
        model=model,
        field=name,
        purpose=purpose,
        basis=basis,
        seen_by=seen_by,
        kept=kept,
        then=then,
    )


DECLARED = (
    declared(
        "people.Person.pseudonym",
        _("To call the person something. It need not be the person's own name."),
        seen_by=_("Those whom the person meets here, and staff."),
    ),
    declared(
        "people.Person.email",
        _("To sign in by, and to send messages to, if the person wants it."),
        seen_by=OWN,
    ),
    declared("people.Person.language", _("To write to the person in a language they read."), seen_by=OWN),
    declared("people.Person.reading", _("To show pages so that the person can read them."), seen_by=OWN),
    declared(
        "people.Person.assurance",
        _("To know whether the person may vote, without knowing who they are."),
        seen_by=STAFF,
    ),
    declared(
        "people.Person.is_protected",
        _("To keep a person with a protected identity out of lists and exports."),
        seen_by=_("The person and administrators."),
    ),
    declared(
        "people.Person.accepts_automatically",
        _("To give a freed seat to who cannot be asked."),
        seen_by=_("The person, and those who serve a centre's desk."),
    ),
    declared("people.Person.last_login", _("To find accounts that nobody uses."), seen_by=NOBODY),
    declared("people.Person.joined_at", _("To know how long the account has been there."), seen_by=STAFF),
    declared("people.Person.password", _("Always empty: there are no passwords here."), seen_by=NOBODY),
    declared(
        "people.Subject.person",
        _("To let the person and the auditor see what the person did."),
        basis=SECURITY,
        seen_by=_("Nobody directly; the auditor sees the id only."),
        then=_("Deleted: the journal then leads to nobody."),
    ),
    declared(
        "people.OneTimeCode.person", _("To check a one-time code."), basis=SECURITY, seen_by=NOBODY, kept=_("A day.")
    ),
    declared(
        "people.OneTimeCode.email", _("To send a one-time code to."), basis=SECURITY, seen_by=NOBODY, kept=_("A day.")
    ),
    declared(
        "people.RoleGrant.person",
        _("To know who may do what for the city."),
        basis=OFFICE,
        seen_by=STAFF,
        kept=_("As long as the archive law says: who held an office is a public record."),
        then=_("Kept without the person's name."),
    ),
    declared(
        "people.RoleGrant.given_by",
        _("To know who gave a role."),
        basis=OFFICE,
        seen_by=STAFF,
        kept=_("As long as the archive law says: who held an office is a public record."),
        then=_("Kept without the person's name."),
    ),
    declared(
        "people.RoleGrant.ended_by",
        _("To know who ended a role."),
        basis=OFFICE,
        seen_by=STAFF,
        kept=_("As long as the archive law says: who held an office is a public record."),
        then=_("Kept without the person's name."),
    ),
    declared(
        "people.ErasureRecord.person",
        _("To erase the person again if an older copy of the database is put back."),
        seen_by=NOBODY,
        kept=_("As long as there are backups. It is a random number that leads to nobody."),
    ),
    declared("account.EmailAddress.user", _("To know whose address it is."), seen_by=OWN),
    declared("account.EmailAddress.email", _("To sign in by, and to send messages to."), seen_by=OWN),
    declared("mfa.Authenticator.user", _("To know whose passkey or app it is."), basis=SECURITY, seen_by=OWN),
    declared(
        "mfa.Authenticator.data",
        _("To check a passkey (its public half) or a time code (its seed, encrypted)."),
        basis=SECURITY,
        seen_by=NOBODY,
    ),
    declared(
        "socialaccount.SocialAccount.user", _("To know an employee who comes from the city's sign-in."), seen_by=NOBODY
    ),
    declared("socialaccount.SocialAccount.uid", _("To know an employee again."), seen_by=NOBODY),
    declared("socialaccount.SocialAccount.last_login", _("To find accounts that nobody uses."), seen_by=NOBODY),
    declared(
        "socialaccount.SocialAccount.extra_data",
        _("Always empty: what the city's sign-in says is read and not kept."),
        seen_by=NOBODY,
    ),
)
