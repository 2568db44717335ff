# [part building] Values put together: pairs, lists, one sequence after another, repetitions.
op("pair", "({a}, {b})", "aa", other="r[1] if type(r) is tuple and r[0] == a else stop()")
op("list_of_two", "[{a}, {b}]", "aa", other="r[1] if type(r) is list and r[0] == a else stop()")
op("list_of_one", "[{a}]", "a")
op("joined", "{a} + {b}", "qq", other="r[len(a):] if r[:len(a)] == a else stop()")
op("flat", "[item for part in {a} for item in part]", "r")
op("repeated", "{a} * {b}", "qi", when="b < 200 and len(a) < 200")
# [end building]
