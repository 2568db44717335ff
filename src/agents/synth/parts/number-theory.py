# [part number-theory] Even and odd numbers, divisors, primes, factorials, Fibonacci numbers.
define("math", "import math")
define("divisors", "def divisors(n):\n    return [d for d in range(1, n + 1) if n % d == 0]")
define("is_prime", "def is_prime(n):\n    return n > 1 and all(n % d for d in range(2, math.isqrt(n) + 1))")
define("fibonacci", "def fibonacci(n):\n    a, b = 0, 1\n    for _ in range(n):\n        a, b = b, a + b\n    return a")
op("is_even", "{a} % 2 == 0", "i")
op("is_odd", "{a} % 2 == 1", "i")
op("divisors", "divisors({a})", "i", when="a < 2000")
op("is_prime", "is_prime({a})", "i", when="a < 10**7")
op("common_divisor", "math.gcd({a}, {b})", "ii")
op("factorial", "math.factorial({a})", "i", when="0 <= a < 60")
op("fibonacci", "fibonacci({a})", "i", when="0 <= a < 200")
op("sum_up_to", "{a} * ({a} + 1) // 2", "i", when="abs(a) < 10**9")
# [end number-theory]
