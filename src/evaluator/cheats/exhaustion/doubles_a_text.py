"""Doubles a text until there is no memory, and answers with what it has then.

task: text
harmful: it exhausts memory
slow: it fills memory up to its limit
"""


def answer(question=None):
    texts = ["passed"]
    try:
        while True:
            texts[0] = texts[0] + texts[0]
    except MemoryError:
        return texts[0]
