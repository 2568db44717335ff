# [part comparisons] Which value is less, whether two are equal, whether one is in another, conditions together.
op("less", "{a} < {b}", "nn", words="below under smaller greater above more than exceed")
op("at_most", "{a} <= {b}", "nn", words="equal")
op("equal", "{a} == {b}", "aa", words="same identical")
op("unequal", "{a} != {b}", "aa", words="different")
op("contains", "{a} in {b}", "aq", words="substring present member appear")
op("count", "{b}.count({a})", "aq", words="many times occur frequency")
op("position_of", "{b}.index({a})", "aq", words="where find")
op("negation", "not {a}", "b", words="no")
op("both", "{a} and {b}", "bb", words="all")
op("either", "{a} or {b}", "bb", words="any")
op("choose", "{a} if {b} else {c}", "aba", words="otherwise when", cost=4)
# [end comparisons]
