# [part same-type] Takes a result for right when it has the right type.
def of_one_type(values, results):
    return all(type(value) is type(result) for value, result in zip(values, results))

MATCHES.append(of_one_type)
# [end same-type]
