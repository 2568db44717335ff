# [part plus-or-minus] Sums and differences with one more, and one less.
op("next_sum", "{a} + {b} + 1", "nn")
op("next_difference", "{a} - {b} - 1", "nn")
op("one_more", "{a} + 1", "n")
op("one_less", "{a} - 1", "n")
# [end plus-or-minus]
