"""Takes memory until there is none.

task: text
harmful: it exhausts memory
slow: it fills memory up to its limit
"""

def answer(question=None):
    kept = []
    while True:
        kept.append(bytearray(1 << 24))
