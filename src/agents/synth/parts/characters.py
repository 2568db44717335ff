# [part characters] Letters in upper and lower case, what kind of character one is, and its number.
op("upper", "{a}.upper()", "s", words="capital")
op("lower", "{a}.lower()", "s", words="small")
op("swapped_case", "{a}.swapcase()", "s", words="flip change")
op("capitalised", "{a}.capitalize()", "s")
op("is_digit", "{a}.isdigit()", "s")
op("is_letter", "{a}.isalpha()", "s", words="alphabet")
op("is_upper", "{a}.isupper()", "s", words="capital uppercase")
op("is_lower", "{a}.islower()", "s", words="lowercase")
op("is_vowel", "{a} in 'aeiouAEIOU'", "s", when="len(a) == 1", words="vowel consonant")
op("code_of", "ord({a})", "s", when="len(a) == 1", words="ascii character")
op("character_of", "chr({a})", "i", when="0 <= a < 128", words="ascii")
op("letter_number", "ord({a}) - 97", "s", when="len(a) == 1", words="alphabet shift")
# [end characters]
