"""Asks detect-secrets or presidio about texts; runs in the environment that has them.

Reads a JSON list of texts and writes a JSON list, for each text the names of what was found.
"""

import json
import logging
import sys


def detect_secrets(texts):
    """As `detect-secrets scan` judges a line of a file: with its defaults, entropy only in quotes."""
    from detect_secrets.core import scan
    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
    from detect_secrets.settings import default_settings
    from detect_secrets.core.scan import get_plugins
    from detect_secrets.util.code_snippet import get_code_snippet

    assert get_mapping_from_secret_type_to_class()
    with default_settings() as settings:
        # It asks whether the file exists.
        settings.disable_filters("detect_secrets.filters.common.is_invalid_file")
        scan.get_filters.cache_clear()
        for text in texts:
            found = set()
            for plugin in get_plugins():
                hits = scan._scan_line(
                    plugin=plugin,
                    filename="text.txt",
                    line=text,
                    line_number=1,
                    context=get_code_snippet([text], 1),
                )
                found |= {hit.type for hit in hits}
            yield sorted(found)


# What says when and where is no person's by itself.
NOT_PERSONAL = {"DATE_TIME", "URL", "LOCATION", "NRP", "ORGANIZATION"}


def presidio(texts):
    """Its recognisers of patterns, with its own threshold; those that need a language model find nothing here."""
    from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
    from presidio_analyzer.nlp_engine import SpacyNlpEngine
    import spacy

    class Blank(SpacyNlpEngine):
        """A tokenizer without a model."""

        def __init__(self):
            super().__init__(models=[{"lang_code": "en", "model_name": "blank"}])
            self.nlp = {"en": spacy.blank("en")}

        def load(self):
            pass

    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=Blank())
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=Blank(), supported_languages=["en"])
    threshold = float(sys.argv[2]) if len(sys.argv) > 2 else 0.0
    for text in texts:
        hits = analyzer.analyze(text=text, language="en", score_threshold=threshold)
        yield sorted({hit.entity_type for hit in hits} - NOT_PERSONAL)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    judges = {"detect-secrets": detect_secrets, "presidio": presidio}
    answers = list(judges[sys.argv[1]](json.load(sys.stdin)))
    json.dump(answers, sys.stdout)
