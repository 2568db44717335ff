# [part any-all] Whether something holds for any item, for all, and for how many.
loop("any", "any({body} for {each} in {items})", "any(bodies)", "b")
loop("all", "all({body} for {each} in {items})", "all(bodies)", "b")
loop("count", "sum(1 for {each} in {items} if {body})", "sum(1 for holds in bodies if holds)", "b")
loop("sum", "sum({body} for {each} in {items})", "sum(bodies)", "n")
# [end any-all]
