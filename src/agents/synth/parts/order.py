# [part order] A sequence in order, backwards, and without repetitions.
op("sorted", "sorted({a})", "q")
op("sorted_down", "sorted({a}, reverse=True)", "q")
op("reversed", "{a}[::-1]", "q")
op("is_palindrome", "{a} == {a}[::-1]", "q")
op("distinct", "list(dict.fromkeys({a}))", "q")
op("distinct_sorted", "sorted(set({a}))", "q")
# [end order]
