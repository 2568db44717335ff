# [part each-item] A list, or a text, of what each item gives, and of the items for which something holds.
loop("map", "[{body} for {each} in {items}]", "list(bodies)", "a", words="each every element all")
loop("filter", "[{each} for {each} in {items} if {body}]", "[item for item, holds in zip(items, bodies) if holds]", "b", words="only which that keep")
loop("text_of", "''.join({body} for {each} in {items})", "''.join(bodies)", "s", words="character")
loop("text_that", "''.join({each} for {each} in {items} if {body})", "''.join(item for item, holds in zip(items, bodies) if holds)", "b", words="character remove")
# [end each-item]
