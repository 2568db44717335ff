# [part building] Values put together: pairs, lists, one sequence after another, repetitions.
op("pair", "({a}, {b})", "aa", words="tuple both")
op("list_of_two", "[{a}, {b}]", "aa", words="both")
op("list_of_one", "[{a}]", "a", words="single")
op("joined", "{a} + {b}", "qq", words="concatenate append add")
op("flat", "[item for part in {a} for item in part]", "r", words="flatten nested")
op("repeated", "{a} * {b}", "qi", when="b < 200 and len(a) < 200", words="times copy")
# [end building]
