# [part slices] Parts of a sequence: its ends, what lies between positions, every second item.
op("first", "{a}[0]", "q")
op("last", "{a}[-1]", "q")
op("without_first", "{a}[1:]", "q")
op("without_last", "{a}[:-1]", "q")
op("item", "{a}[{b}]", "qi")
op("before", "{a}[:{b}]", "qi")
op("onward", "{a}[{b}:]", "qi")
op("even_positions", "{a}[::2]", "q")
op("odd_positions", "{a}[1::2]", "q")
op("every_nth", "{a}[::{b}]", "qi")
# [end slices]
