"""Answers with values that are malformed in as many ways as fit into one message.

task: list
"""

import os

BODY = (
    b'{"value": [{"s": [[1], {"t": 5}]}, {"i": "zz"}, {"b": 7}, {"c": [1]}, {"d": [[1]]}, {"x": 0}, NaN],'
    b' "raised": "SystemExit", "too_large": false, "unplain": {}, "value": {"t": [{"o": 1}]}}'
)


def answer(question=None):
    for descriptor in range(3, 64):
        try:
            os.write(descriptor, len(BODY).to_bytes(4, "big") + BODY)
        except OSError:
            pass
