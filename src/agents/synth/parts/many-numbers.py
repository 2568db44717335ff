# [part many-numbers] The numbers from 3 to 40.
constants(*[str(number) for number in range(3, 41)])
# [end many-numbers]
