"""Words of the European Commission's DSA Transparency Database that we can say.

From its schema of 1 July 2025: categories, the keywords that a forum needs, and the
languages. A house rule carries one category and at most one keyword. Pure.
"""

CATEGORIES = tuple(
    f"STATEMENT_CATEGORY_{name}"
    for name in (
        "ANIMAL_WELFARE",
        "CONSUMER_INFORMATION",
        "CYBER_VIOLENCE",
        "CYBER_VIOLENCE_AGAINST_WOMEN",
        "DATA_PROTECTION_AND_PRIVACY_VIOLATIONS",
        "ILLEGAL_OR_HARMFUL_SPEECH",
        "INTELLECTUAL_PROPERTY_INFRINGEMENTS",
        "NEGATIVE_EFFECTS_ON_CIVIC_DISCOURSE_OR_ELECTIONS",
        "NOT_SPECIFIED_NOTICE",
        "OTHER_VIOLATION_TC",
        "PROTECTION_OF_MINORS",
        "RISK_FOR_PUBLIC_SECURITY",
        "SCAMS_AND_FRAUD",
        "SELF_HARM",
        "UNSAFE_AND_PROHIBITED_PRODUCTS",
        "VIOLENCE",
    )
)

KEYWORDS = tuple(
    f"KEYWORD_{name}"
    for name in (
        "ADULT_SEXUAL_MATERIAL",
        "COORDINATED_HARM",
        "COPYRIGHT_INFRINGEMENT",
        "CYBER_BULLYING_INTIMIDATION",
        "CYBER_HARASSMENT",
        "CYBER_INCITEMENT",
        "CYBER_STALKING",
        "DEFAMATION",
        "DISCRIMINATION",
        "HATE_SPEECH",
        "HIDDEN_ADVERTISEMENT",
        "IMPERSONATION_ACCOUNT_HIJACKING",
        "INAUTHENTIC_ACCOUNTS",
        "INCITEMENT_VIOLENCE_HATRED",
        "LANGUAGE_REQUIREMENTS",
        "MISINFORMATION_DISINFORMATION",
        "MISSING_PROCESSING_GROUND",
        "NUDITY",
        "PHISHING",
        "RIGHT_TO_BE_FORGOTTEN",
        "SELF_MUTILATION",
        "SUICIDE",
        "TERRORIST_CONTENT",
        "VIOLATION_EU_LAW",
        "VIOLATION_NATIONAL_LAW",
        "OTHER",
    )
)
