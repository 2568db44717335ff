# [part totals] The sum, the product, the mean and the median of a list.
define("math", "import math")
define("statistics", "import statistics")
op("sum", "sum({a})", "r", words="total add")
op("product", "math.prod({a})", "r", when="len(a) < 64 and all(isinstance(item, (int, float)) for item in a)", words="multiply")
op("mean", "sum({a}) / len({a})", "r", words="average")
op("median", "statistics.median({a})", "r", words="middle")
# [end totals]
