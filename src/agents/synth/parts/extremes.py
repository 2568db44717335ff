# [part extremes] The greatest and the least of a list, and of two numbers.
op("greatest", "max({a})", "q", words="maximum largest biggest highest")
op("least", "min({a})", "q", words="minimum smallest lowest")
op("larger", "max({a}, {b})", "nn", words="maximum greater bigger smaller")
op("smaller", "min({a}, {b})", "nn", words="minimum less larger")
# [end extremes]
