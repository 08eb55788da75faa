"""`make run`, once the environment is there: the forum with all its processes."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured

from ethicsforum.local.lifelines import Make
from ethicsforum.local.refusal import Refusal
from ethicsforum.local.stopping import Signals, Stop
from ethicsforum.local.voice import Voice

STDOUT, STDERR = 1, 2


def main(arguments: list[str]) -> int:
    signals = Signals(Make() if "--under-make" in arguments else None)
    signals.listen()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ethicsforum.settings")
    voice = Voice(STDOUT)
    try:
        _run(voice, signals)
    except Stop as stop:
        voice.say(f"Stopped by {stop}; nothing is left running")
        return 0
    except (Refusal, ImproperlyConfigured) as error:
        Voice(STDERR).say(f"Ethics Forum can't start: {error}")
        return 1
    return 0


def _run(voice: Voice, signals: Signals) -> None:
    from django.conf import settings

    from ethicsforum.local import claims
    from ethicsforum.local.supervisor import Supervisor

    with (
        claims.data_folder(settings.DATA_DIR, settings.SITE_URL, voice) as lock,
        claims.port(settings.HOST, settings.PORT) as address,
    ):
        forum = Supervisor(voice, signals, address=address, lock=lock)
        try:
            forum.start()
            forum.run()
        finally:
            forum.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
