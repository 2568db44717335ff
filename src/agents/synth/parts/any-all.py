# [part any-all] Whether something holds for any item, for all, and for how many.
loop("any", "any({body} for {each} in {items})", "any(bodies)", "b", words="any exist there check")
loop("all", "all({body} for {each} in {items})", "all(bodies)", "b", words="all every check")
loop("count", "sum(1 for {each} in {items} if {body})", "sum(1 for holds in bodies if holds)", "b", words="many")
loop("sum", "sum({body} for {each} in {items})", "sum(bodies)", "n", words="total")
# [end any-all]
