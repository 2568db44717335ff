# [part first-example] Takes a result for right when it fits the first example.
def fits_first(values, results):
    return values[:1] == results[:1]

MATCHES.append(fits_first)
# [end first-example]
