# [part usual-result] The result that the examples give most often.
def usual_result(task):
    if task.results:
        return f"    return {max(task.results, key=task.results.count)!r}\n"

FALLBACKS.append(usual_result)
# [end usual-result]
