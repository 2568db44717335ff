# [part sort-by] A list in the order of something, the item that has the most of it, the first that has it, a table.
loop("sort_by", "sorted({items}, key=lambda {each}: {body})", "[items[at] for at in sorted(range(len(items)), key=lambda at: bodies[at])]", "o")
loop("most", "max({items}, key=lambda {each}: {body})", "items[bodies.index(max(bodies))]", "o")
loop("least", "min({items}, key=lambda {each}: {body})", "items[bodies.index(min(bodies))]", "o")
loop("first_that", "next(({each} for {each} in {items} if {body}), None)", "next((item for item, holds in zip(items, bodies) if holds), None)", "b")
loop("place_that", "next((at for at, {each} in enumerate({items}) if {body}), -1)", "next((at for at, holds in enumerate(bodies) if holds), -1)", "b")
loop("table_of", "{{{each}: {body} for {each} in {items}}}", "{item: body for item, body in zip(items, bodies)}", "a", needs="list(r.values())")
# [end sort-by]
