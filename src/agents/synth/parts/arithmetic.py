# [part arithmetic] Products, quotients, remainders, powers and roots.
define("math", "import math")
op("times", "{a} * {b}", "nn", when="abs(a) < 1e30 and abs(b) < 1e30", other="r // a if r % a == 0 else stop()")
op("square", "{a} ** 2", "n", when="abs(a) < 1e15")
op("half", "{a} / 2", "n")
op("divide", "{a} / {b}", "nn", other="a / r")
op("divide_whole", "{a} // {b}", "nn")
op("remainder", "{a} % {b}", "nn")
op("power", "{a} ** {b}", "nn", when="abs(a) < 1000 and 0 <= b < 64")
op("square_root", "math.sqrt({a})", "n")
op("whole_root", "math.isqrt({a})", "i")
# [end arithmetic]
