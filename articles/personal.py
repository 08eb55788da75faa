"""Articles lead to nobody's account; who wrote one stands in it as text."""

from ethicsforum.accounts.privacy.registry import declare_impersonal

declare_impersonal(
    articles__Article="published text; a byline is part of it",
    articles__Article_topics="which article is about what",
    articles__Topic="a list of topics",
    articles__Picture="published pictures with their credits",
)
