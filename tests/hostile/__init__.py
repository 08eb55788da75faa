"""What strangers may write, planted in every field there is, and looked at on every
page by everybody who sees it: nothing of it may ever be more than text."""
