# [part slices] Parts of a sequence: its ends, what lies between positions, every second item.
op("first", "{a}[0]", "q", words="start begin")
op("last", "{a}[-1]", "q", words="end final")
op("without_first", "{a}[1:]", "q", words="rest tail")
op("without_last", "{a}[:-1]", "q")
op("item", "{a}[{b}]", "qi", words="position index")
op("before", "{a}[:{b}]", "qi", words="first prefix until")
op("onward", "{a}[{b}:]", "qi", words="after suffix")
op("even_positions", "{a}[::2]", "q", words="alternate index other")
op("odd_positions", "{a}[1::2]", "q", words="alternate index other")
op("every_nth", "{a}[::{b}]", "qi", words="step")
# [end slices]
