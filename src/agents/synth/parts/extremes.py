# [part extremes] The greatest and the least of a list, and of two numbers.
op("greatest", "max({a})", "q")
op("least", "min({a})", "q")
op("larger", "max({a}, {b})", "nn")
op("smaller", "min({a}, {b})", "nn")
# [end extremes]
