# [part pairings] Whole numbers in a row, items with their positions, two lists item by item, every two items.
define("itertools", "import itertools")
op("range_below", "list(range({a}))", "i", when="a < 1000")
op("range_upto", "list(range(1, {a} + 1))", "i", when="a < 1000")
op("range_between", "list(range({a}, {b} + 1))", "ii", when="b - a < 1000")
op("numbered", "list(enumerate({a}))", "q")
op("zipped", "list(zip({a}, {b}))", "qq")
op("neighbours", "list(zip({a}, {a}[1:]))", "q")
op("pairs", "list(itertools.combinations({a}, 2))", "q", when="len(a) < 12")
# [end pairings]
