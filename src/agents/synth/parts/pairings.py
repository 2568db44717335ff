# [part pairings] Whole numbers in a row, items with their positions, two lists item by item, every two items.
define("itertools", "import itertools")
op("range_below", "list(range({a}))", "i", when="a < 1000", words="from to")
op("range_upto", "list(range(1, {a} + 1))", "i", when="a < 1000", words="from to inclusive first")
op("range_between", "list(range({a}, {b} + 1))", "ii", when="b - a < 1000", words="from to inclusive")
op("numbered", "list(enumerate({a}))", "q", words="index position")
op("zipped", "list(zip({a}, {b}))", "qq", words="two pair both corresponding")
op("neighbours", "list(zip({a}, {a}[1:]))", "q", words="adjacent consecutive next")
op("pairs", "list(itertools.combinations({a}, 2))", "q", when="len(a) < 12", words="two other each")
# [end pairings]
