# [part each-item] A list, or a text, of what each item gives, and of the items for which something holds.
loop("map", "[{body} for {each} in {items}]", "list(bodies)", "a", needs="r")
loop("filter", "[{each} for {each} in {items} if {body}]", "[item for item, holds in zip(items, bodies) if holds]", "b", needs="[item in r for item in items]")
loop("text_of", "''.join({body} for {each} in {items})", "''.join(bodies)", "s", needs="r")
loop("text_that", "''.join({each} for {each} in {items} if {body})", "''.join(item for item, holds in zip(items, bodies) if holds)", "b", needs="[item in r for item in items]")
# [end each-item]
