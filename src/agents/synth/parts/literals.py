# [part literals] Constants: 2, 10 and -1, short texts, True, False, None, and what the prompt quotes.
constants("2", "10", "-1")
constants("''", "' '", "','")
constants("True", "False", "[]", "None")
def read_quoted(docstring, task):
    prose = re.split(rf">>>|\b{task.entry_point}\(", docstring)[0]
    for text in re.findall(r"'[^'\n]{1,12}'|\"[^\"\n]{1,12}\"|\b\d{1,3}\b", prose)[:8]:
        if literal(text) is not None and text not in CONSTANTS:
            CONSTANTS.append(text)
    return ()

READERS.append(read_quoted)
# [end literals]
