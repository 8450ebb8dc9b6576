"""A refused act's sentences go beside the fields of the form they are about."""

from django import forms

from yichuang.lib.errors import Invalid


def show_errors(form: forms.Form, error: Invalid) -> None:
    """Put each sentence beside its field; what has no field in this form goes on top."""
    for name, sentence in error.fields.items():
        form.add_error(name if name in form.fields else None, sentence)
