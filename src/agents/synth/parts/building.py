# [part building] Values put together: pairs, lists, one sequence after another, repetitions.
op("pair", "({a}, {b})", "aa")
op("list_of_two", "[{a}, {b}]", "aa")
op("list_of_one", "[{a}]", "a")
op("joined", "{a} + {b}", "qq")
op("flat", "[item for part in {a} for item in part]", "r")
op("repeated", "{a} * {b}", "qi", when="b < 200 and len(a) < 200")
# [end building]
