# [part totals] The sum, the product, the mean and the median of a list.
define("math", "import math")
define("statistics", "import statistics")
op("sum", "sum({a})", "r")
op("product", "math.prod({a})", "r", when="len(a) < 64 and all(isinstance(item, (int, float)) for item in a)")
op("mean", "sum({a}) / len({a})", "r")
op("median", "statistics.median({a})", "r")
# [end totals]
