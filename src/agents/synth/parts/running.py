# [part running] What has come up to each item: the greatest, the least, the sum.
define("accumulate", "from itertools import accumulate")
op("running_greatest", "list(accumulate({a}, max))", "r")
op("running_least", "list(accumulate({a}, min))", "r")
op("running_sum", "list(accumulate({a}))", "r", when="len(a) < 200")
# [end running]
