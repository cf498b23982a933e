#!/usr/bin/env python3
"""Converts the registry of the OpenTelemetry semantic conventions to one line for each key.

    git clone --branch v1.44.0 https://github.com/open-telemetry/semantic-conventions
    python3 observed-syntax/conventions/convert.py semantic-conventions > observed-syntax/conventions/registry.tsv

Needs PyYAML.
"""

import pathlib
import re
import sys

import yaml

HEAD = """\
# Keys of the OpenTelemetry semantic conventions {version}, by observed-syntax/conventions/convert.py.
# Key (`.*`: all that begin so), type, stable, unstable or deprecated, then the key to write instead or what the conventions say.
"""

# What moved to the GenAI conventions is deprecated in these, and not there.
MOVED = re.compile(r"^Moved to the \[OpenTelemetry GenAI")
REPLACED = re.compile(r"^(?:Replaced by|Use) `([a-z0-9_.]+)`(?: instead)?(?:\.?$|, which has moved)")


def attributes(folder):
    for file in sorted((folder / "model").rglob("*.yaml")):
        for group in yaml.safe_load(file.read_text()).get("groups") or []:
            for attribute in group.get("attributes") or []:
                # A word without a namespace is everybody's.
                if "." in attribute.get("id", ""):
                    yield attribute


def key_and_type(attribute):
    key, kind = attribute["id"], attribute["type"]
    if isinstance(kind, dict):
        numbers = all(isinstance(it["value"], int) for it in kind["members"])
        return key, "int" if numbers else "string"
    template = re.fullmatch(r"template\[(.*)\]", kind)
    return (f"{key}.*", template[1]) if template else (key, kind)


def replacement(deprecated):
    """The key to write instead, or the note; nothing where the key is still good elsewhere."""
    note = " ".join(deprecated.get("note", "").split())
    if MOVED.match(note):
        return None
    if "renamed_to" in deprecated:
        return deprecated["renamed_to"]
    note = note.removeprefix("Deprecated, ")
    replaced = REPLACED.match(note)
    return replaced[1] if replaced else re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", note)


def main():
    folder = pathlib.Path(sys.argv[1])
    version = yaml.safe_load((folder / "model/manifest.yaml").read_text())["schema_url"].rsplit("/", 1)[1]
    lines = {}
    for attribute in attributes(folder):
        key, kind = key_and_type(attribute)
        said = replacement(attribute["deprecated"]) if "deprecated" in attribute else None
        state = "stable" if attribute.get("stability") == "stable" else "unstable"
        if said and key.endswith(".*") and " " not in said:
            said += ".*"
        row = [key, kind, state] if said is None else [key, kind, "deprecated", said]
        assert key not in lines, key
        lines[key] = row
    for row in lines.values():
        # Who renames twice is told the last name.
        while len(row) > 3 and len(lines.get(row[3], ())) > 3:
            row[3] = lines[row[3]][3]
    sys.stdout.write(HEAD.format(version=version))
    # By bytes, as the reader searches.
    for row in sorted(lines.values(), key=lambda it: it[0].encode()):
        sys.stdout.write("\t".join(row) + "\n")


main()
