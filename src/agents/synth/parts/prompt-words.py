# [part prompt-words] Operations that the prompt speaks of cost less.
def prefer_named(operation, task):
    return -2 if any(word in task.words for word in operation.words) else 0

PRIORS.append(prefer_named)
# [end prompt-words]
