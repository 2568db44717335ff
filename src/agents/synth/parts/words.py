# [part words] Text as words, with a part replaced, and how it starts and ends.
op("words", "{a}.split()", "s")
op("split_at", "{a}.split({b})", "ss", when="b != ''")
op("sentence", "' '.join({a})", "r")
op("replaced", "{a}.replace({b}, {c})", "sss", cost=4)
op("without", "{a}.replace({b}, '')", "ss")
op("stripped", "{a}.strip()", "s")
op("starts_with", "{a}.startswith({b})", "ss")
op("ends_with", "{a}.endswith({b})", "ss")
# [end words]
