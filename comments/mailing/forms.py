"""The form of the choices of mails."""

from django import forms

from comments.mailing.choices import CHOICES
from comments.models import MailChoice


class MailChoicesForm(forms.ModelForm[MailChoice]):
    class Meta:
        model = MailChoice
        fields = CHOICES
