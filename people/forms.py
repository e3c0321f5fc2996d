"""What is typed about people, places and accounts: shape only."""

import re
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core import validators
from django.utils.translation import gettext_lazy as _

from core.access import MaybeActor
from core.problems import ProblemError
from core.web import words
from core.web.forms import CodeField, DateField, HouseForm, ReasonField, offer
from people.choices import schools_in_use
from people.models import Person, Room, School
from people.permission_words import WORDS
from people.roles import Role

ZONES = sorted(z for z in available_timezones() if z.startswith(("America/", "Pacific/", "US/")))


class SignInForm(HouseForm):
    email = forms.CharField(
        label=_("Email"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(HouseForm):
    password = forms.CharField(
        label=_("New password"),
        max_length=128,
        strip=False,
        help_text=_("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ChangePasswordForm(NewPasswordForm):
    old = forms.CharField(
        label=_("Old password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "password"]


class DistrictForm(HouseForm):
    name = forms.CharField(label=_("Name of the district"), max_length=200)
    uei = forms.CharField(
        label=_("UEI"),
        max_length=12,
        required=False,
        help_text=_("Unique Entity ID of SAM.gov; printed on federal reports."),
    )
    ben = forms.CharField(
        label=_("BEN (E-Rate)"),
        max_length=16,
        required=False,
        help_text=_("Billed entity number at USAC."),
    )
    state = forms.CharField(
        label=_("State"),
        max_length=2,
        required=False,
        validators=[
            validators.RegexValidator(r"^[A-Za-z]{2}$", _("Give its two letters, as in TX."))
        ],
        help_text=_("Two letters. Some deadlines and thresholds hold in one state alone."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=[(z, z) for z in ZONES],
        initial="America/New_York",
        help_text=_(
            "Choose it before anything is entered: it says when a day begins, and stays once an "
            "item or a received purchase is here."
        ),
    )
    fiscal_year_start_month = forms.IntegerField(
        label=_("Month in which the fiscal year begins"), min_value=1, max_value=12, initial=7
    )
    tag_prefix = forms.CharField(
        label=_("Tag prefix"),
        max_length=8,
        required=False,
        help_text=_("Stands before each number, as MV in MV000123."),
    )
    tag_length = forms.IntegerField(
        label=_("Digits of a tag"), min_value=4, max_value=12, initial=6
    )
    public_address = forms.URLField(
        label=_("Public address"),
        assume_scheme="https",
        help_text=_("Printed in the codes on labels and reports."),
    )

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"]).upper()


class WordsForm(HouseForm):
    """The district's own words; what is left empty stays ours."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        message = _("A word has letters, spaces and hyphens only.")
        for key, (label, ours) in words.WORDS.items():
            self.fields[key] = forms.CharField(
                label=label,
                required=False,
                max_length=61,
                help_text=_("Two forms with a comma between them, as in: %s") % ", ".join(ours),
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )
        self._message = message

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for key, text in list(given.items()):
            forms_ = [part.strip() for part in text.split(",")] if text else []
            if forms_ and len(forms_) != 2:
                self.add_error(key, _("Give both forms, with a comma between them."))
            elif not all(re.match(words.PATTERN, form) for form in forms_):
                self.add_error(key, self._message)
        sentence = _("%s means something else here. Take a word that nothing else is called by.")
        for key, word in words.meaning_another(self.words()).items():
            self.add_error(key, sentence % word)
        return given

    def words(self) -> dict[str, list[str]]:
        """What was given, as the district keeps it."""
        return {
            key: [part.strip() for part in text.split(",")]
            for key, text in self.cleaned_data.items()
            if text
        }


class FirstRunForm(DistrictForm):
    your_name = forms.CharField(label=_("Your name"), max_length=200)
    email = forms.EmailField(label=_("Your email"))
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        help_text=_("At least 12 characters."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


#: What a form of a school or a room says of it; nothing sent leaves it as it is.
IN_USE, OUT_OF_USE = "in", "out"


class UseForm(HouseForm):
    """Facts of a school or a room that stands, which may go out of use and come back."""

    use = forms.ChoiceField(
        label=_("Use"),
        choices=[(IN_USE, _("In use")), (OUT_OF_USE, _("Out of use"))],
        required=False,
        help_text=_("Out of use: nothing new goes there; what stands there can be carried away."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["use"] = self.fields.pop("use")  # the last of them

    @staticmethod
    def uses(row: School | Room) -> str:
        return IN_USE if row.active else OUT_OF_USE

    def facts(self) -> dict[str, Any]:
        """What is said of it, as its columns hold it."""
        values = dict(self.cleaned_data)
        if use := values.pop("use", ""):
            values["active"] = use == IN_USE
        return values


class SchoolForm(UseForm):
    code = forms.CharField(label=_("Code"), max_length=32)
    name = forms.CharField(label=_("Name"), max_length=200)
    entity_number = forms.CharField(label=_("E-Rate entity number"), max_length=16, required=False)
    nces_id = forms.CharField(label=_("NCES id"), max_length=16, required=False)
    address = forms.CharField(label=_("Address"), max_length=300, required=False)


class RoomForm(UseForm):
    building = forms.CharField(label=_("Building"), max_length=64, required=False)
    code = forms.CharField(label=_("Room"), max_length=64)
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    custodian = CodeField(
        label=_("Custodian"),
        max_length=64,
        required=False,
        help_text=_("The id, card or full name of who answers for what is in it."),
    )


class PersonMergeForm(HouseForm):
    into = forms.CharField(label=_("Who stays: id or full name"), max_length=200)
    reason = ReasonField(label=_("Reason"))


class PersonForm(HouseForm):
    kind = forms.ChoiceField(label=_("Student or staff"), choices=Person.Kind.choices)
    local_id = forms.CharField(label=_("Local id"), max_length=64)
    first_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    last_name = forms.CharField(label=_("Last name"), max_length=100, required=False)
    email = forms.EmailField(label=_("Email"), required=False)
    grade = forms.CharField(label=_("Grade"), max_length=16, required=False)
    title = forms.CharField(label=_("Title"), max_length=100, required=False)
    school = forms.ModelChoiceField(label=_("School"), queryset=School.objects.none())
    another = forms.BooleanField(
        label=_("It is another person than the one with the similar id or the same e-mail"),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "school", schools_in_use(self, by))

    def take(self, error: ProblemError) -> None:
        super().take(error)
        if {p.code for p in error.problems} & {"local-id-alike", "email-taken"}:
            self.fields["another"].widget = forms.CheckboxInput({"class": "form-check-input"})


class InviteForm(HouseForm):
    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email"))
    role = forms.ChoiceField(label=_("Role"), choices=[])
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        required=False,
        empty_label=_("Whole district"),
    )

    def __init__(self, *args: Any, by: MaybeActor, service: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # An auditor sees one award until a day, and is invited for it (AuditorForm).
        apart = {Role.AUDITOR} if service else {Role.AUDITOR, Role.SERVICE}
        roles = [(value, label) for value, label in Role.choices if value not in apart]
        offer(self, "role", [("", _("Choose…")), *roles])
        offer(self, "school", schools_in_use(self, by))


class MembershipForm(InviteForm):
    ends_on = DateField(label=_("Until"), required=False)

    def __init__(self, *args: Any, by: MaybeActor, service: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, by=by, service=service, **kwargs)
        del self.fields["name"], self.fields["email"]


class ServiceAccountForm(InviteForm):
    """Another system: what it may do, and where."""

    def __init__(self, *args: Any, by: MaybeActor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, service=True, **kwargs)
        del self.fields["email"]
        self.fields["name"].label = _("Name of the other system")
        self.fields["role"].initial = Role.SERVICE


class TokenForm(HouseForm):
    name = forms.CharField(label=_("What it is for"), max_length=100)
    days_valid = forms.IntegerField(
        label=_("Valid for days"), min_value=1, max_value=366, initial=90
    )
    networks = forms.CharField(
        label=_("Only from these addresses"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("10.2.3.4 or 10.2.0.0/16, one a line; blank for anywhere."),
    )
    scopes = forms.MultipleChoiceField(
        label=_("Permissions"), choices=[], widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = [(perm, words) for perm, words in WORDS.items() if user.has_perm(perm)]
        offer(self, "scopes", held)
