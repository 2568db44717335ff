# [part order] A sequence in order, backwards, and without repetitions.
op("sorted", "sorted({a})", "q", words="order ascending increasing")
op("sorted_down", "sorted({a}, reverse=True)", "q", words="order descending decreasing")
op("reversed", "{a}[::-1]", "q", words="backward")
op("is_palindrome", "{a} == {a}[::-1]", "q", words="same backward symmetric")
op("distinct", "list(dict.fromkeys({a}))", "q", words="unique duplicate different")
op("distinct_sorted", "sorted(set({a}))", "q", words="unique duplicate order")
# [end order]
