# [part swapped-arguments] Reads the arguments of each example from the last to the first.
def read_swapped(docstring, task):
    for call, result in read_calls(docstring, task):
        arguments = literal(f"({call},)")
        if arguments:
            yield ", ".join(repr(argument) for argument in reversed(arguments[0])), result

READERS.append(read_swapped)
# [end swapped-arguments]
