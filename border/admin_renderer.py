"""The inputs of a form written without templates, where a form has hundreds of them.

A form with fifty citations has two thousand inputs, labels and lists of errors. As templates they cost half of its time. What
is written here is what the templates say: a test renders every form of the admin both ways.
"""

import html
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString

Context = dict[str, Any]


def _said(value: Any) -> str:
    """A value as HTML: as it is where it is HTML already, escaped where it is a text."""
    return str(value) if hasattr(value, "__html__") else html.escape(str(value))


def _attrs(attrs: Context) -> str:
    """The attributes of a tag, each after a blank; what is False is left out, what is True has no value."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_said(value)}"'
        for name, value in attrs.items()
        if value is not False
    )


def _errors(context: Context) -> str:
    errors = context["errors"]
    if not errors:
        return ""
    name = f' id="{_said(errors.field_id)}_error"' if getattr(errors, "field_id", None) else ""
    items = "".join(f"<li>{_said(error)}</li>" for error in errors)
    return f'<ul class="{_said(context["error_class"])}"{name}>{items}</ul>'


def _label(context: Context) -> str:
    said, tag = _said(context["label"]), context["tag"]
    return f"<{tag}{_attrs(context['attrs'] or {})}>{said}</{tag}>" if context["use_tag"] else said


def _input(context: Context) -> str:
    widget = context["widget"]
    value = "" if widget["value"] is None else f' value="{_said(widget["value"])}"'
    return f'<input type="{widget["type"]}" name="{_said(widget["name"])}"{value}{_attrs(widget["attrs"])}>'


def _text(context: Context) -> str | None:
    if any(context["widget"].get(more) for more in ("prefix", "prefix_icon", "suffix", "suffix_icon")):
        return None
    return f'<div class="max-w-2xl relative w-full">{_input(context)}</div>'


def _textarea(context: Context) -> str:
    widget = context["widget"]
    text = _said(widget["value"] or "")
    return f'<textarea name="{_said(widget["name"])}"{_attrs(widget["attrs"])}>{text}</textarea>'


def _options(groups: Iterable[Any]) -> str | None:
    """The options of a list without groups; None where there are groups, or options of another kind."""
    options = []
    for group, choices, _ in groups:
        if group:
            return None
        for option in choices:
            if option["template_name"] != "django/forms/widgets/select_option.html":
                return None
            value, attrs, said = _said(option["value"]), _attrs(option["attrs"]), _said(option["label"])
            options.append(f'<option value="{value}"{attrs}>{said}</option>')
    return "".join(options)


def _plain_select(context: Context) -> str | None:
    widget = context["widget"]
    options = _options(widget["optgroups"])
    if options is None:
        return None
    return f'<select name="{_said(widget["name"])}"{_attrs(widget["attrs"])}>{options}</select>'


ARROW = (
    '<span class="material-symbols-outlined absolute group-[.primary]:text-white pointer-events-none mr-[12px] right-0'
    " text-base-400 top-0 top-1/2 hover:text-base-700 dark:text-base-500 dark:hover:text-base-200"
    ' -translate-y-1/2">expand_more</span>'
)


def _select(context: Context) -> str | None:
    plain = _plain_select(context)
    return plain and f'<div class="grow relative max-w-2xl">{plain}{ARROW}</div>'


NAME, INPUT = "__name__", "<!-- input -->"


@lru_cache(maxsize=256)
def _ways(asked: frozenset[tuple[str, Any]]) -> str:
    """The menu beside a look-up, where the look-up and its name are still to be put in."""
    context = {**dict(asked), "name": NAME, "rendered_widget": SafeString(INPUT)}
    return DjangoTemplates().render(WRAPPER, context)


def _looked_up(context: Context) -> str:
    asked = {**context, "model_has_limit_choices_to": bool(context["model_has_limit_choices_to"])}
    name, inner = (_said(asked.pop(one)) for one in ("name", "rendered_widget"))
    return _ways(frozenset(asked.items())).replace(NAME, name).replace(INPUT, inner)


WRAPPER = "unfold/widgets/related_widget_wrapper.html"
WRITTEN: dict[str, Callable[[Context], str | None]] = {
    "django/forms/errors/list/ul.html": _errors,
    "django/forms/label.html": _label,
    "django/forms/widgets/checkbox.html": _input,
    "django/forms/widgets/hidden.html": _input,
    "django/forms/widgets/number.html": _input,
    "django/forms/widgets/select.html": _plain_select,
    WRAPPER: _looked_up,
    "unfold/widgets/select.html": _select,
    "unfold/widgets/text.html": _text,
    "unfold/widgets/textarea.html": _textarea,
}


class Renderer(DjangoTemplates):
    """Django's renderer of forms, which asks a template only for what is not written here."""

    def render(self, template_name: str, context: Context, request: Any = None) -> str:
        """The piece of a form that ``template_name`` stands for."""
        written = WRITTEN[template_name](context) if template_name in WRITTEN else None
        # Every text in it went through _said.
        return super().render(template_name, context, request) if written is None else SafeString(written)
