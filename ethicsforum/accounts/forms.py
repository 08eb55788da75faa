from django.contrib.auth.forms import AdminUserCreationForm

from ethicsforum.accounts.models import User


class NewMemberForm(AdminUserCreationForm[User]):
    """The admin's form for a new member; they sign in by e-mail."""

    class Meta:
        model = User
        fields = ["email", "username"]
