# [part each-item] A list, or a text, of what each item gives, and of the items for which something holds.
loop("map", "[{body} for {each} in {items}]", "list(bodies)", "a")
loop("filter", "[{each} for {each} in {items} if {body}]", "[item for item, holds in zip(items, bodies) if holds]", "b")
loop("text_of", "''.join({body} for {each} in {items})", "''.join(bodies)", "s")
loop("text_that", "''.join({each} for {each} in {items} if {body})", "''.join(item for item, holds in zip(items, bodies) if holds)", "b")
# [end each-item]
