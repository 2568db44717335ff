# [part between] A value put between the items of a list, or a text between texts.
define("between", "def between(items, value):\n    return [part for item in items for part in (value, item)][1:]")
op("between", "between({a}, {b})", "ra")
op("text_between", "{a}.join({b})", "sr")
op("glued", "''.join({a})", "r")
# [end between]
