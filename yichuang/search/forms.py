from django import forms

from yichuang.lib.errors import Invalid


class PhraseForm(forms.Form):
    """A plain phrase and the fragments of official names it stands for, parted by blanks."""

    say = forms.CharField(label="群众的说法", max_length=40, help_text="如：办饭店、上户口。")
    means = forms.CharField(
        label="对应的事项名称",
        max_length=400,
        required=False,
        help_text="写事项名称里的词，几个用空格分开；留空表示这个说法不再起作用。",
    )

    def show(self, error: Invalid) -> None:
        """Put each sentence of a refused act beside its field."""
        for name, sentence in error.fields.items():
            self.add_error(name if name in self.fields else None, sentence)
