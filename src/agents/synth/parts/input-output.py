# [part input-output] Reads examples that are written as "Input: ... Output: ...", or "For ... the result is ...".
def read_input_output(docstring, task):
    for call, result in re.findall(r"[Ii]nput:?\s*(.+?)\s*\n?\s*[Oo]utput:?\s*(.+)", docstring):
        yield re.sub(r"\b[a-z_]\w*\s*=\s*", "", call), result
    sentence = r"\b(?:[Ff]or|[Gg]iven|[Ii]f|[Ww]hen) (.+?),? (?:.{0,40} )?(?:is|be|=|returns?|gives?|outputs?):? (.+)"
    for call, result in re.findall(sentence, docstring):
        call = re.sub(r"\b[a-z_]\w*\s*=\s*", "", call)
        yield re.sub(r"\s+and\s+", ", ", call), result

READERS.append(read_input_output)
# [end input-output]
