"""What is public already can be found.

Not one transaction: a large forum is read in batches, and each that is done is done.
What was cut off starts again and writes the same rows.
"""

from django.db import migrations

from comments.search.documents import words
from ethicsforum.markup import plain_text

BATCH = 500


def fill(apps, schema_editor):
    documents = apps.get_model("comments", "SearchDocument").objects
    articles = apps.get_model("articles", "Article").objects
    comments = apps.get_model("comments", "Comment").objects
    for article in articles.exclude(status="draft").iterator(chunk_size=BATCH):
        text = f"{article.standfirst}\n{plain_text(article.body_html)}"
        fields = {
            "article_id": article.pk,
            "title": words(article.title)[:200],
            "text": words(text),
            "public_at": article.publish_at,
        }
        documents.update_or_create(pk=-article.pk, defaults=fields)
    last = 0
    while rows := list(_published(comments, last)):
        documents.bulk_create(
            [
                documents.model(
                    pk=row.pk,
                    article_id=row.article_id,
                    comment_id=row.pk,
                    text=words(plain_text(row.accepted_revision.html)),
                    public_at=row.published_at,
                )
                for row in rows
            ],
            ignore_conflicts=True,
        )
        last = rows[-1].pk


def _published(comments, last):
    rows = comments.filter(state="published", pk__gt=last).order_by("pk")
    return rows.select_related("accepted_revision")[:BATCH]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("comments", "0007_search"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
