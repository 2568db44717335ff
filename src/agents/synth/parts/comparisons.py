# [part comparisons] Which value is less, whether two are equal, whether one is in another, conditions together.
op("less", "{a} < {b}", "nn")
op("at_most", "{a} <= {b}", "nn")
op("equal", "{a} == {b}", "aa")
op("unequal", "{a} != {b}", "aa")
op("contains", "{a} in {b}", "aq")
op("count", "{b}.count({a})", "aq")
op("position_of", "{b}.index({a})", "aq")
op("negation", "not {a}", "b")
op("both", "{a} and {b}", "bb")
op("either", "{a} or {b}", "bb")
op("choose", "{a} if {b} else {c}", "aba", cost=4)
# [end comparisons]
