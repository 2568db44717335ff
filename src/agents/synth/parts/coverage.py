# [part coverage] Among answers, those that do more of what the prompt speaks of come first.
def prefer_coverage(expression, task):
    named = [operation.bit for operation in OPERATIONS + LOOPS if any(word in task.words for word in operation.words)]
    return -2 * sum(1 for bit in named if expression.used & bit)

RANKINGS.append(prefer_coverage)
# [end coverage]
