"""Never answers, and hopes that no answer counts as none wrong.

task: text
slow: it meets the time limit
"""

def answer(question=None):
    while True:
        pass
