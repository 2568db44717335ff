# [part all-arguments] Among answers, those that use every argument come first.
def prefer_all_arguments(expression, task):
    return 6 * sum(1 for at in range(len(task.arguments)) if not expression.used >> at & 1)

RANKINGS.append(prefer_all_arguments)
# [end all-arguments]
