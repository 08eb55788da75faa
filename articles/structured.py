"""What an article is to a search engine: schema.org, as JSON-LD."""

from typing import Any

from django.conf import settings

from articles.models import Article
from articles.sharing import image_url

LONGEST_HEADLINE = 110
"""What search engines take; a longer one makes them drop the rest."""


def article_data(article: Article) -> dict[str, Any]:
    address = settings.SITE_URL + article.get_absolute_url()
    publisher = {
        "@type": "Organization",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
    }
    by_name = {"@type": "Person", "name": article.byline}
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "@id": address,
        "url": address,
        "mainEntityOfPage": address,
        "headline": article.title[:LONGEST_HEADLINE],
        "description": article.standfirst or article.opening,
        "image": image_url(article),
        "author": by_name if article.byline else publisher,
        "publisher": publisher,
        "datePublished": article.publish_at,
        "dateModified": article.last_changed,
        "wordCount": article.words,
        "inLanguage": settings.LANGUAGE_CODE,
        "keywords": [topic.name for topic in article.topics.all()],
    }
