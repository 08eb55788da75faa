"""The rules a new site starts with. Editors change them in the admin."""

from typing import NamedTuple


class Default(NamedTuple):
    code: str
    title: str
    text: str
    template: str
    repeat_is_certain: bool = False
    dsa_category: str = "STATEMENT_CATEGORY_OTHER_VIOLATION_TC"
    dsa_keyword: str = ""


DEFAULTS = (
    Default(
        "person",
        "Argue with the claim, not with the person",
        "Say what is wrong with an argument as sharply as you like. Leave out what "
        "you think of the one who made it: their wits, their motives, their looks.",
        "Part of your comment is about the person who wrote, not about what they "
        "wrote. The argument itself is welcome; please make it without that part.",
        dsa_category="STATEMENT_CATEGORY_CYBER_VIOLENCE",
        dsa_keyword="KEYWORD_CYBER_BULLYING_INTIMIDATION",
    ),
    Default(
        "contempt",
        "No contempt for people for what they are",
        "Origin, skin, faith, sex, whom one loves, disability, age: nobody has to "
        "read here that they are worth less for any of these. Discussing such views "
        "is possible; voicing contempt is not.",
        "Your comment speaks with contempt about people for what they are. You can "
        "make a point about ideas, institutions or conduct instead.",
        repeat_is_certain=True,
        dsa_category="STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        dsa_keyword="KEYWORD_DISCRIMINATION",
    ),
    Default(
        "harm",
        "No threats, no instructions for harm",
        "Don’t threaten, don’t wish harm on anyone, and don’t explain how to cause it. "
        "In an ethics forum hard cases are welcome; recipes are not.",
        "Your comment threatens somebody, or explains how to do harm. We can’t leave "
        "that standing, whatever the argument around it.",
        repeat_is_certain=True,
        dsa_category="STATEMENT_CATEGORY_VIOLENCE",
        dsa_keyword="KEYWORD_INCITEMENT_VIOLENCE_HATRED",
    ),
    Default(
        "privacy",
        "Leave people their privacy",
        "Don’t publish private details of others: addresses, health, family, messages "
        "meant for you alone. Public conduct of public people is fair to discuss.",
        "Your comment has details about somebody that are theirs to share. Please "
        "make the point without them.",
        dsa_category="STATEMENT_CATEGORY_DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        dsa_keyword="KEYWORD_MISSING_PROCESSING_GROUND",
    ),
    Default(
        "honesty",
        "Argue honestly",
        "Don’t make up sources or quotations, and don’t pretend to be somebody else. "
        "If a machine wrote the text, say so. Being wrong is no breach; deceiving is.",
        "We could not bring what your comment presents as fact or quotation together "
        "with its source. If we are mistaken, please appeal and show where it is from.",
        dsa_category="STATEMENT_CATEGORY_NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        dsa_keyword="KEYWORD_MISINFORMATION_DISINFORMATION",
    ),
    Default(
        "question",
        "Stay with the question",
        "Each article puts a question. A detour that leads back is fine; another "
        "subject altogether belongs under another article.",
        "Your comment is about another subject than the question of this article. It "
        "may well have its place under an article that asks about that.",
    ),
    Default(
        "advertising",
        "No advertising, no spam",
        "Don’t sell, don’t recruit, don’t post the same text in many places. A link "
        "that carries your argument is welcome, your own work included.",
        "Your comment advertises something, or repeats what was posted elsewhere. A "
        "link is welcome when the argument needs it.",
        repeat_is_certain=True,
        dsa_category="STATEMENT_CATEGORY_SCAMS_AND_FRAUD",
    ),
    Default(
        "quotation",
        "Quote, don’t copy",
        "Quote what your argument needs and say where it is from. Whole articles, "
        "chapters or pictures by others can’t be posted here.",
        "Your comment copies more of somebody else’s work than a quotation may. A "
        "short passage with its source and your own thought about it is welcome.",
        dsa_category="STATEMENT_CATEGORY_INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        dsa_keyword="KEYWORD_COPYRIGHT_INFRINGEMENT",
    ),
)
