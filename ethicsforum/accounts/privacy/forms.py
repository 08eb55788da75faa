from django import forms

from ethicsforum.accounts.privacy.models import Deletion


class DeletionForm(forms.ModelForm[Deletion]):
    """Nothing is chosen beforehand: either choice is for good."""

    comments = forms.ChoiceField(
        label=Deletion._meta.get_field("comments").verbose_name,
        choices=Deletion.Comments.choices,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Deletion
        fields = ["comments"]
