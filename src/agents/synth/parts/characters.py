# [part characters] Letters in upper and lower case, what kind of character one is, and its number.
op("upper", "{a}.upper()", "s")
op("lower", "{a}.lower()", "s")
op("swapped_case", "{a}.swapcase()", "s")
op("capitalised", "{a}.capitalize()", "s")
op("is_digit", "{a}.isdigit()", "s")
op("is_letter", "{a}.isalpha()", "s")
op("is_upper", "{a}.isupper()", "s")
op("is_lower", "{a}.islower()", "s")
op("is_vowel", "{a} in 'aeiouAEIOU'", "s", when="len(a) == 1")
op("code_of", "ord({a})", "s", when="len(a) == 1")
op("character_of", "chr({a})", "i", when="0 <= a < 128")
op("letter_number", "ord({a}) - 97", "s", when="len(a) == 1")
# [end characters]
