"""What several classes add to a page is all on the page."""

import re
from itertools import combinations

from django.contrib import admin

from border.admin_base import RecordAdmin
from events.models import Event
from sources.models import Source

PLACES = ("above_form", "below_form", "above_list")


def test_every_piece_that_a_class_adds_is_shown():
    for registered in admin.site._registry.values():
        if isinstance(registered, RecordAdmin):
            added = [vars(base).get("pieces", {}) for base in type(registered).__mro__]
            shown = {place: getattr(registered, place) for place in PLACES}
            assert shown == {place: [one[place] for one in added if place in one] for place in PLACES}


def test_classes_that_add_to_the_same_place_do_not_hide_each_other():
    assert len(admin.site._registry[Event].above_form) > 1
    assert len(admin.site._registry[Event].below_form) > 1
    assert len(admin.site._registry[Source].above_list) > 1


def test_no_class_takes_a_place_for_itself():
    """The attributes of the skin are set once, where all pieces are gathered."""
    taken = ("change_form_before_template", "change_form_outer_after_template", "list_before_template")
    for registered in admin.site._registry.values():
        if isinstance(registered, RecordAdmin):
            for name in taken:
                assert getattr(registered, name) == getattr(RecordAdmin, name), type(registered)


def test_faces_of_a_noun_have_no_private_name_in_common():
    """They are written apart and put together: what one calls its own, another must not answer."""
    for registered in admin.site._registry.values():
        if isinstance(registered, RecordAdmin):
            ours = [base for base in type(registered).__mro__ if base.__module__.startswith("border.")]
            own = [{name for name in vars(base) if re.match(r"_[a-z]", name)} for base in ours]
            assert [one & other for one, other in combinations(own, 2) if one & other] == []
