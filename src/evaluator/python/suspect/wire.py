"""What crosses between judge and suspect: framed messages that hold plain data and nothing else.

A message is four bytes of length, big endian, and a body. Plain data is None, bool, int, float (inf and
nan too), complex, str, bytes, list, tuple, dict and set.

To the suspect a body is in Python's own marshal format: fast, and not to be read from anyone who is not
trusted. From the suspect it is JSON. Where JSON has no word for a value it is an object with one key:
{"t": [...]} a tuple, {"s": [...]} a set, {"d": [[key, value], ...]} a dict, {"b": "hex"} bytes,
{"c": [real, imag]} a complex, {"i": "hex"} a large int.

`decode` builds every value afresh from exact builtins, so nothing that the other side did to its own
types, operators or modules comes along.
"""

import json
import marshal

MAX_MESSAGE = 4 * 1024 * 1024  # bytes; the largest honest HumanEval value is under 100 KB
MAX_DEPTH = 64  # nested containers; the deepest honest HumanEval value has 3
NO_CHILD = 1 << 20  # the server's answer where it could not fork; no exit code and no signal is as large
_MARSHAL_VERSION = 2  # from 3 on, the bytes depend on how many references there are to a value
_LARGE = 1 << 63  # beyond it an int goes as hex: decimal is quadratic, and refused over 4,300 digits


class NotPlain(Exception):
    """A value is no plain data, or nested too deeply. Its argument names the type."""


class BadMessage(Exception):
    """Bytes from the other side that are no message of this protocol."""


def encode(value, depth=MAX_DEPTH):
    """The JSON form of a plain value. Subclasses of plain types go as the plain type."""
    kind = type(value)
    if value is None or kind is bool or kind is str or kind is float:
        return value
    if kind is int:
        return value if -_LARGE < value < _LARGE else {"i": hex(value)}
    if depth == 0:
        raise NotPlain("value nested too deeply")
    if kind is list:
        return [encode(item, depth - 1) for item in value]
    if kind is tuple:
        return {"t": [encode(item, depth - 1) for item in value]}
    if kind is dict:
        return {"d": [[encode(key, depth - 1), encode(item, depth - 1)] for key, item in value.items()]}
    if kind is set:
        return {"s": [encode(item, depth - 1) for item in value]}
    if kind is bytes:
        return {"b": value.hex()}
    if kind is complex:
        return {"c": [value.real, value.imag]}
    return encode(_as_plain_type(value), depth)


def _as_plain_type(value):
    """A subclass instance as its plain type, by the plain type's own methods (a namedtuple, a Counter)."""
    if isinstance(value, int):
        return int.__int__(value)
    if isinstance(value, float):
        return float.__float__(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, bytes):
        return bytes.__getitem__(value, slice(None))
    if isinstance(value, list):
        return list.__getitem__(value, slice(None))
    if isinstance(value, tuple):
        return tuple.__getitem__(value, slice(None))
    if isinstance(value, set):
        return set(set.__iter__(value))
    if isinstance(value, dict):
        return dict(dict.items(value))
    raise NotPlain(type(value).__name__)


def decode(data, depth=MAX_DEPTH):
    """The value of its JSON form, built from exact builtins. Raises BadMessage."""
    kind = type(data)
    if data is None or kind is bool or kind is int or kind is float or kind is str:
        return data
    if depth == 0:
        raise BadMessage("nested too deeply")
    if kind is list:
        return [decode(item, depth - 1) for item in data]
    if kind is dict and len(data) == 1:
        ((tag, body),) = data.items()
        try:
            return _decode_tagged(tag, body, depth - 1)
        except (TypeError, ValueError, OverflowError) as error:  # unhashable key, odd hex, a short pair
            raise BadMessage("malformed value") from error
    raise BadMessage("malformed value")


def _decode_tagged(tag, body, depth):
    if tag == "i" or tag == "b":
        if type(body) is not str:
            raise BadMessage("malformed value")
        return int(body, 16) if tag == "i" else bytes.fromhex(body)
    if type(body) is not list:
        raise BadMessage("malformed value")
    if tag == "t":
        return tuple([decode(item, depth) for item in body])
    if tag == "s":
        return {decode(item, depth) for item in body}
    if tag == "d":
        return {decode(key, depth): decode(item, depth) for key, item in body}
    if tag == "c":
        real, imag = body
        if type(real) is float and type(imag) is float:
            return complex(real, imag)
    raise BadMessage("malformed value")


def pack_trusted(message):
    """The bytes of a message to a suspect. Raises BadMessage if it is over MAX_MESSAGE, NotPlain."""
    try:
        body = marshal.dumps(message, _MARSHAL_VERSION)
    except ValueError:  # a subclass of a plain type, or no plain data
        body = marshal.dumps(decode(encode(message)), _MARSHAL_VERSION)
    return _frame(body)


def unpack_trusted(body):
    """The message of a body that the judge has packed."""
    return marshal.loads(body)


def pack(message):
    """The bytes of a message from a suspect. Raises BadMessage if it is over MAX_MESSAGE."""
    return _frame(_to_json(message).encode("ascii"))


def pack_value(value):
    """The bytes of the message {"value": value}. Raises NotPlain; BadMessage as `pack`."""
    if value is None or value is True or value is False:  # most answers are one of these
        return _FRAMES[value]
    return pack({"value": encode(value)})


_to_json = json.JSONEncoder(separators=(",", ":")).encode
_from_json = json.JSONDecoder().raw_decode  # `decode` looks for white space around, which nothing here sends


def _frame(body):
    if len(body) > MAX_MESSAGE:
        raise BadMessage("too large")
    return len(body).to_bytes(4, "big") + body


_FRAMES = {value: pack({"value": value}) for value in (None, True, False)}


def unpack(body):
    """The message of a frame's body. Raises BadMessage for anything that is not a JSON object."""
    try:
        text = str(body, "utf-8")
        message, end = _from_json(text)
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, an int of 5,000 digits, 10,000 brackets
        raise BadMessage("no JSON") from error
    if type(message) is not dict or end != len(text):
        raise BadMessage("no JSON object")
    return message
