# [part input-output] Reads examples that are written as "Input: ... Output: ...".
def read_input_output(docstring, task):
    for call, result in re.findall(r"[Ii]nput:?\s*(.+?)\s*\n?\s*[Oo]utput:?\s*(.+)", docstring):
        yield re.sub(r"\b[a-z_]\w*\s*=\s*", "", call), result

READERS.append(read_input_output)
# [end input-output]
