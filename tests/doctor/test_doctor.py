"""Each broken set-up is named in one sentence, with the cure; the thing itself is
broken, not a stand-in for it."""

import datetime
import shutil
from typing import Any

import pytest
from redis import Redis

from tests import production
from tests.doctor.mail_server import mail_server
from tests.doctor.site import SOUND_WAIT, Site, closed_port

REAL: dict[str, Any] = production.ENVIRONMENT


# --- All is well ----------------------------------------------------------


def test_a_sound_site(site: Site) -> None:
    site.start_worker()
    site.start_beat()
    done = site.doctor("--wait", SOUND_WAIT)
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert lines[-1] == "Nothing is broken."
    assert {line.split()[0] for line in lines[:-1]} == {"OK"}
    parts = [line.split()[1] for line in lines[:-1]]
    assert set(parts) == {
        *("settings", "database", "redis", "processes", "mail", "static", "disk"),
        "clock",
    }
    assert parts.count("processes") == 4, "three queues and the beat"


# --- The database ---------------------------------------------------------


def test_a_database_that_is_not_there(site: Site) -> None:
    with closed_port() as port:
        url = f"postgres://forum:a-secret-word@127.0.0.1:{port}/forum"
        done = site.doctor("--wait", "2", DATABASE_URL=url)
    assert f"127.0.0.1:{port}/forum can't be used" in done.stdout
    assert "start it, or correct DATABASE_URL." in done.stdout
    assert done.returncode == 1
    assert "a-secret-word" not in done.stdout + done.stderr


def test_no_database_yet(site: Site) -> None:
    site.database.unlink()
    found = site.broken("database")
    assert found["says"] == f"There is no database at {site.database} yet"
    assert "ethicsforum.roles release" in found["cure"]
    assert not site.database.exists(), "looking makes none"


def test_migrations_that_wait(site: Site) -> None:
    site.change("DELETE FROM django_migrations WHERE app='comments' AND name>='0007'")
    found = site.broken("database")
    assert found["says"].startswith("The database lacks ")
    assert "comments.0007_search first" in found["says"]
    assert "ethicsforum.roles release" in found["cure"]


def test_a_database_of_a_later_release(site: Site) -> None:
    row = ("comments", "9999_of_tomorrow", "2020-01-01 00:00:00")
    site.change("INSERT INTO django_migrations(app,name,applied) VALUES(?,?,?)", *row)
    found = site.broken("database")
    assert "later release" in found["says"]
    assert "9999_of_tomorrow" in found["says"]


def test_a_database_that_is_no_database(site: Site) -> None:
    site.database.write_bytes(b"Not a database at all. " * 1000)
    assert "file is not a database" in site.broken("database")["says"]


# --- Redis ----------------------------------------------------------------


def test_redis_behind_a_closed_port(site: Site) -> None:
    with closed_port() as port:
        url = f"redis://:a-secret-word@127.0.0.1:{port}/0"
        done = site.doctor("--wait", "2", REDIS_URL=url)
    said = f"Redis at 127.0.0.1:{port} can't be reached (Connection refused): start it"
    assert said in done.stdout
    assert "can't be asked while Redis is away" in done.stdout
    assert done.returncode == 1
    assert "a-secret-word" not in done.stdout + done.stderr


def test_a_frozen_redis(site: Site) -> None:
    site.redis.freeze()
    try:
        found = site.broken("redis")
    finally:
        site.redis.thaw()
    assert "takes the connection but does not answer" in found["says"]
    assert "frozen" in found["cure"]


def test_a_redis_that_throws_tasks_away(site: Site) -> None:
    with Redis.from_url(site.redis.url) as server:
        server.config_set("maxmemory-policy", "allkeys-lru")
    found = site.broken("redis")
    assert "allkeys-lru" in found["says"]
    assert found["cure"] == "set maxmemory-policy to noeviction"


# --- Workers and beat -----------------------------------------------------


def test_no_worker(site: Site) -> None:
    found = [one for one in site.findings() if one["part"] == "processes"]
    assert [one["state"] for one in found] == ["broken"] * 3 + ["skipped"]
    for queue, one in zip(("screening", "mail", "maintenance"), found, strict=False):
        assert one["says"].startswith(f"No worker of the queue {queue} answered")
        assert f"ethicsforum.roles worker {queue}" in one["cure"]


def test_a_queue_that_no_worker_takes(site: Site) -> None:
    site.start_worker("screening", "maintenance")
    site.start_beat()
    found = site.broken("processes", wait=SOUND_WAIT)
    assert found["says"].startswith("No worker of the queue mail answered")


def test_a_worker_without_its_database(site: Site) -> None:
    good = site.env
    with closed_port() as port:
        url = f"postgres://forum:word@127.0.0.1:{port}/forum"
        site.env = {**good, "DATABASE_URL": url}
        site.start_worker("mail")
        site.env = good
        site.start_worker("screening", "maintenance")
        site.start_beat()
        found = site.broken("processes", wait=SOUND_WAIT)
    assert found["says"] == (
        "To the worker of the queue mail the database does not answer"
    )
    assert "DATABASE_URL" in found["cure"]


def test_no_beat(site: Site) -> None:
    site.start_worker()
    found = site.broken("processes", wait=SOUND_WAIT)
    assert found["says"].startswith("No beat was ever seen")
    assert "ethicsforum.roles beat" in found["cure"]


# --- Mail -----------------------------------------------------------------


def test_a_mail_server_that_refuses(site: Site) -> None:
    with closed_port() as port:
        found = site.broken("mail", EMAIL_URL=f"smtp://127.0.0.1:{port}")
    assert f"127.0.0.1:{port} can't be reached (Connection refused)" in found["says"]
    assert "EMAIL_URL" in found["cure"]


def test_a_mail_server_that_wants_another_password(site: Site) -> None:
    with mail_server(lets_in=False) as server:
        url = f"smtp://forum:a-secret-word@127.0.0.1:{server.port}"
        done = site.doctor("--wait", "2", EMAIL_URL=url)
    assert "refuses the user or the password: correct them in EMAIL_URL" in done.stdout
    assert "a-secret-word" not in done.stdout + done.stderr


def test_a_mail_server_that_says_nothing(site: Site) -> None:
    with mail_server(is_mute=True) as server:
        found = site.broken("mail", EMAIL_URL=f"smtp://127.0.0.1:{server.port}")
    assert "does not answer within 5 s" in found["says"]


def test_a_mail_is_sent_only_where_the_operator_says(site: Site) -> None:
    with mail_server() as server:
        url = f"smtp://forum:right@127.0.0.1:{server.port}"
        done = site.doctor("--wait", "2", EMAIL_URL=url)
        assert f"127.0.0.1:{server.port} lets us in." in done.stdout
        assert "DATA" not in [line.upper() for line in server.heard]
        to = "me@example.org"
        done = site.doctor("--wait", "2", "--mail-to", to, EMAIL_URL=url)
    assert f"A mail to {to} was handed over." in done.stdout
    assert f"To: {to}" in server.heard


def test_mail_that_would_reach_nobody(site: Site) -> None:
    found = site.broken("mail", **{**REAL, "EMAIL_URL": ""})
    assert "reach nobody" in found["says"]


# --- Files ----------------------------------------------------------------


def test_no_styles_and_scripts(site: Site) -> None:
    shutil.rmtree(site.folder / "static")
    found = site.broken("static")
    assert found["says"].startswith("No styles and scripts are collected")
    assert "ethicsforum.roles release" in found["cure"]


def test_a_file_that_is_collected_no_more(site: Site) -> None:
    (gone,) = (site.folder / "static").rglob("site.*.css")
    gone.unlink()
    found = site.broken("static")
    assert (
        "site.css and 0 more static files of this release are not in" in found["says"]
    )


def test_a_folder_in_which_nothing_more_fits(site: Site) -> None:
    found = site.broken("disk", largest_file=500_000)
    assert f"{site.folder} can't be written (File too large)" in found["says"]
    assert "make room" in found["cure"]


def test_a_data_folder_that_is_none(site: Site) -> None:
    done = site.doctor(DATA_DIR=str(site.database))
    assert done.returncode == 1
    assert "can't be written (File exists); give it to this user" in done.stderr
    assert "Traceback" not in done.stderr


# --- Settings and clocks --------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "says", "cure"),
    [
        ({"SECRET_KEY": "change-me"}, "SECRET_KEY has less than 50", "long and random"),
        (
            {"SITE_URL": "https://other.example.org"},
            "Links in mails lead to other.example.org, a host that this site refuses",
            "Set SITE_URL",
        ),
        ({"TRUSTED_PROXIES": "0"}, "No proxy is trusted", "Set TRUSTED_PROXIES"),
    ],
)
def test_settings_of_a_real_site(
    site: Site, settings: dict[str, str], says: str, cure: str
) -> None:
    found = site.broken("settings", **{**REAL, **settings})
    assert says in found["says"]
    assert cure in found["cure"]


def test_the_settings_of_a_real_site_as_they_should_be(site: Site) -> None:
    found = site.findings(**REAL)
    assert [one["state"] for one in found if one["part"] == "settings"] == ["ok"]


def test_a_setting_that_stops_the_start_is_said_plainly(site: Site) -> None:
    done = site.doctor(DJANGO_DEBUG="0")
    assert done.returncode == 1
    assert done.stderr.startswith("Ethics Forum can't start: SECRET_KEY is missing")


def test_a_clock_that_went_back(site: Site) -> None:
    tomorrow: Any = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=1)
    site.change(
        "UPDATE django_migrations SET applied=?", tomorrow.strftime("%Y-%m-%d %H:%M:%S")
    )
    found = site.broken("clock")
    assert "before the time at which the database was last migrated" in found["says"]
    assert "NTP" in found["cure"]
