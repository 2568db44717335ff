# [part digits] The digits of a number, and numbers as text.
op("digits", "[int(digit) for digit in str(abs({a}))]", "i", words="decimal")
op("text", "str({a})", "a", words="string represent")
op("number", "int({a})", "s", words="integer", when="len(a) < 40")
op("binary", "bin({a})[2:]", "i", words="base bits")
# [end digits]
