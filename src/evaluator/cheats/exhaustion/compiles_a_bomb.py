"""Is a program that takes the compiler more memory than there is.

task: text
harmful: it exhausts memory
slow: it meets a limit
"""

answer = eval("(" * 90 + "1" + ",) * 9999" * 1 + ")" * 89)
exec("x = " + "-" * 200_000 + "1")
