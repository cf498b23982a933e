"""Asks detect-secrets or presidio about texts; runs in the environment that has them.

    python judge.py detect-secrets|presidio < texts.json

Reads a JSON list of texts and writes a JSON list: for each text the names of what was found.
"""

import json
import logging
import sys

# Presidio's own threshold is none at all, and its weakest rules then take every long number for an account. The weakest of
# the rules that have a check digit or a form of their own score more.
PRESIDIO_THRESHOLD = 0.35
# When and where something is says by itself nothing of a person, and a random identifier neither.
NOT_PERSONAL = {"DATE_TIME", "LOCATION", "NRP", "ORGANIZATION", "URL", "UUID"}


def detect_secrets(texts):
    """As `detect-secrets scan` judges the line of a file, with its defaults."""
    from detect_secrets.core import scan
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
    from detect_secrets.settings import default_settings
    from detect_secrets.util.code_snippet import get_code_snippet

    assert get_mapping_from_secret_type_to_class()
    with default_settings() as settings:
        # It asks whether the file is there.
        settings.disable_filters("detect_secrets.filters.common.is_invalid_file")
        scan.get_filters.cache_clear()
        for text in texts:
            context = get_code_snippet([text], 1)
            line = {"filename": "text.txt", "line": text, "line_number": 1, "context": context}
            yield sorted({hit.type for plugin in scan.get_plugins() for hit in scan._scan_line(plugin=plugin, **line)})


def presidio(texts):
    """Its recognisers of patterns; those that need a language model have a tokenizer only, and find nothing."""
    import spacy
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine

    class Blank(SpacyNlpEngine):
        def __init__(self):
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self):
            pass

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=Blank())
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    for text in texts:
        hits = analyzer.analyze(text=text, language="en", score_threshold=PRESIDIO_THRESHOLD)
        yield sorted({hit.entity_type for hit in hits} - NOT_PERSONAL)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    judge = {"detect-secrets": detect_secrets, "presidio": presidio}[sys.argv[1]]
    json.dump(list(judge(json.load(sys.stdin))), sys.stdout)
