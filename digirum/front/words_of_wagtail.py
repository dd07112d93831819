"""What Wagtail says in the back office but has not in Swedish yet. They stand here so that ``make messages`` finds them."""

from django.utils.translation import gettext_noop

SAID_IN_ENGLISH = (
    gettext_noop("There are no %(model_name)s to display."),
    gettext_noop('There are no %(model_name)s to display. Why not <a href="%(add_url)s">add one</a>?'),
    gettext_noop("any"),
    gettext_noop("Any"),
    gettext_noop("%(field_label)s:"),
    gettext_noop("Actions (footer)"),
    gettext_noop("Side panels"),
    gettext_noop("Side panel width"),
    gettext_noop("Minimap"),
    gettext_noop("account"),
    gettext_noop("Keyboard shortcuts are currently disabled; manage your %(account_link)s to enable them."),
    gettext_noop("A network error occurred"),
    gettext_noop("There are validation errors, click save to highlight them."),
    gettext_noop("The filter options you have selected are not valid."),
    gettext_noop(
        'Why not <a class="create-one-now" href="#tab-new" data-action="w-tabs#select:prevent"'
        ' data-w-tabs-target="trigger" data-w-tabs-focus-param="true">create one now</a>?'
    ),
)
