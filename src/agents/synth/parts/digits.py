# [part digits] The digits of a number, and numbers as text.
op("digits", "[int(digit) for digit in str(abs({a}))]", "i")
op("text", "str({a})", "a")
op("number", "int({a})", "s", when="len(a) < 40")
op("binary", "bin({a})[2:]", "i")
# [end digits]
