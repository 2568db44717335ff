# [part words] Text as words, with a part replaced, and how it starts and ends.
op("words", "{a}.split()", "s", words="space token")
op("split_at", "{a}.split({b})", "ss", when="b != ''", words="separate comma")
op("sentence", "' '.join({a})", "r", words="space")
op("replaced", "{a}.replace({b}, {c})", "sss", words="instead change", cost=4)
op("without", "{a}.replace({b}, '')", "ss", words="remove delete")
op("stripped", "{a}.strip()", "s", words="blank whitespace")
op("starts_with", "{a}.startswith({b})", "ss", words="prefix begin")
op("ends_with", "{a}.endswith({b})", "ss", words="suffix")
# [end words]
