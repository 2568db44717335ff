# [part magnitudes] How far numbers are apart, and whole numbers out of numbers.
define("math", "import math")
op("distance", "abs({a} - {b})", "nn")
op("absolute", "abs({a})", "n")
op("negative", "-{a}", "n")
op("whole_part", "int({a})", "n")
op("rounded", "round({a})", "n")
op("floor", "math.floor({a})", "n")
op("ceiling", "math.ceil({a})", "n")
# [end magnitudes]
