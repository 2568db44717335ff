# [part brackets] How deep brackets nest, and the groups that they make.
define("depth", "def depth(text):\n    deepest = now = 0\n    for character in text:\n        now += (character in '([{<') - (character in ')]}>')\n        deepest = max(deepest, now)\n    return deepest")
define("groups", "def groups(text):\n    found, group, now = [], '', 0\n    for character in text:\n        now += (character in '([{<') - (character in ')]}>')\n        group += character.strip()\n        if group and now == 0:\n            found.append(group)\n            group = ''\n    return found")
op("depth", "depth({a})", "s")
op("groups", "groups({a})", "s")
# [end brackets]
