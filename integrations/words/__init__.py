"""The words of enumerated columns: closed lists, what other systems call them, how words
compare."""

from core.text.folded import fold
from integrations.words.folding import fold_name
from integrations.words.lists import ENABLED, ENROLLED, LENT, OUT_TO, ROLE, STANDING, STATE, WORN
from integrations.words.wordlist import LEFT_OUT, SILENT, Meaning, WordList

__all__ = [
    "ENABLED",
    "ENROLLED",
    "LEFT_OUT",
    "LENT",
    "OUT_TO",
    "ROLE",
    "SILENT",
    "STANDING",
    "STATE",
    "WORN",
    "Meaning",
    "WordList",
    "fold",
    "fold_name",
]
