# [part unnamed-first] Operations that the prompt speaks of cost more.
def prefer_unnamed(operation, task):
    return 2 if any(word in task.words for word in operation.words) else 0

PRIORS.append(prefer_unnamed)
# [end unnamed-first]
