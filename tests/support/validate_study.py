"""validate_study.py SCHEMA.json STUDY.toml: prints the faults, exits 1 when there are any, 77 where it cannot tell."""
import datetime
import json
import sys

try:
    import jsonschema
    import tomllib
except ImportError as missing:
    print(f"SKIPPED: {missing}")
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
with open(sys.argv[2], "rb") as file:
    study = tomllib.load(file)


def plain(value):
    """Dates of TOML as the texts that JSON has for them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


jsonschema.Draft202012Validator.check_schema(schema)
faults = list(jsonschema.Draft202012Validator(schema).iter_errors(plain(study)))
for fault in faults:
    print("/".join(map(str, fault.absolute_path)) + ": " + fault.message)
sys.exit(1 if faults else 0)
