# The conversions of Ansible's module_utils that modules use, written for Hearth.
import json


def to_bytes(obj, encoding="utf-8", errors="surrogateescape", nonstring="simplerepr"):
    if isinstance(obj, bytes):
        return obj
    if isinstance(obj, str):
        return obj.encode(encoding, _handler(errors))
    return _other(obj, nonstring, lambda text: to_bytes(text, encoding, errors), b"")


def to_text(obj, encoding="utf-8", errors="surrogateescape", nonstring="simplerepr"):
    if isinstance(obj, str):
        return obj
    if isinstance(obj, bytes):
        return obj.decode(encoding, _handler(errors))
    return _other(obj, nonstring, lambda text: text, "")


to_native = to_text


def _handler(errors):
    if errors in (None, "surrogate_or_replace", "surrogate_or_strict", "surrogate_then_replace"):
        return "surrogateescape"
    return errors


def _other(obj, nonstring, convert, empty):
    if nonstring == "passthru":
        return obj
    if nonstring == "empty":
        return empty
    if nonstring == "strict":
        raise TypeError("obj must be a string type")
    return convert(str(obj))


def jsonify(data, **options):
    return json.dumps(data, default=str, **options)


def container_to_text(d, encoding="utf-8", errors="surrogate_or_strict"):
    if isinstance(d, bytes):
        return to_text(d, encoding, errors)
    if isinstance(d, dict):
        return {container_to_text(k, encoding, errors): container_to_text(v, encoding, errors) for k, v in d.items()}
    if isinstance(d, (list, tuple)):
        return type(d)(container_to_text(v, encoding, errors) for v in d)
    return d
