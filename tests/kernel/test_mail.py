from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

from django.core.mail import EmailMessage

from ethicsforum.mail import FileBackend


def test_each_mail_is_a_file_of_its_own(settings: Any, tmp_path: Path) -> None:
    settings.MAIL_DIR = tmp_path / "mail"
    mails = [EmailMessage(f"Subject {n}", "Grüße", to=["a@b.org"]) for n in (1, 2)]
    assert FileBackend().send_messages(mails) == 2
    files = sorted(settings.MAIL_DIR.iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    first = message_from_bytes(files[0].read_bytes(), policy=policy.default)
    assert first["Subject"] == "Subject 1"
    assert first["To"] == "a@b.org"
    assert "Grüße" in first.get_content()
