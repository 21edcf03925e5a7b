"""What the pages of a review ask."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError

from border.admin_skin import Select, TextArea
from border.curation.models import Comment
from border.curation.reviewing import reviewers
from border.kernel.writing import refuse


class ReviewerForm(forms.Form):
    """Who is asked to review."""

    reviewer = forms.ModelChoiceField(
        get_user_model()._default_manager.none(),
        widget=Select,
        help_text="They find it in their review queue. Whoever was asked before no longer does.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers()  # type: ignore[attr-defined]


class SubmitForm(ReviewerForm):
    """Who is asked to review, where it matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].required = False
        self.fields[
            "reviewer"
        ].help_text = "Leave it open, and any reviewer who wrote none of it may take it."


class CommentForm(forms.ModelForm):
    """Something to say about a record or one of its fields."""

    class Meta:
        model = Comment
        fields = ["field", "addressee", "text"]
        widgets = {
            "text": TextArea(attrs={"rows": 3, "dir": "auto"}),
            "addressee": Select,
        }
        labels = {"field": "About", "addressee": "For", "text": "Comment"}

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = forms.ChoiceField(
            choices=[("", "the record as a whole"), *choices], required=False, widget=Select, label="About"
        )
        addressee: Any = self.fields["addressee"]
        addressee.queryset = get_user_model()._default_manager.filter(is_active=True, is_staff=True)
        addressee.empty_label = "whoever wrote it"


def refused_words(text: str) -> str:
    """Why ``text`` cannot be said; empty where it can."""
    if not text.strip():
        return "Say what is to be changed: the author will ask."
    said = Comment(text=text.replace("\r\n", "\n"))
    try:
        said.full_clean(exclude={field.name for field in said._meta.fields} - {"text"})
    except ValidationError as error:
        return " ".join(error.messages)
    return refuse(said.text, multiline=True) or ""
