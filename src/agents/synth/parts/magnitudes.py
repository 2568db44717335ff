# [part magnitudes] How far numbers are apart, and whole numbers out of numbers.
define("math", "import math")
op("distance", "abs({a} - {b})", "nn", words="difference absolute deviation close apart")
op("absolute", "abs({a})", "n", words="magnitude")
op("negative", "-{a}", "n", words="opposite sign")
op("whole_part", "int({a})", "n", words="integer truncate")
op("rounded", "round({a})", "n")
op("floor", "math.floor({a})", "n", words="down")
op("ceiling", "math.ceil({a})", "n", words="up")
# [end magnitudes]
