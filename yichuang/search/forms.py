from django import forms


class PhraseForm(forms.Form):
    """A plain phrase and the fragments of official names it stands for, parted by blanks."""

    say = forms.CharField(label="群众的说法", max_length=40, help_text="如：办饭店、上户口。")
    means = forms.CharField(
        label="对应的事项名称",
        max_length=400,
        required=False,
        help_text="写事项名称里的词，几个用空格分开；留空表示这个说法不再起作用。",
    )
