# Rule: program/budget
# Purpose: a budget of {limit} instructions allows five
# Instructions: {limit}
# Each: limit
#       256
#       257
#       65536
#       65537
#       4294967296
#       4294967297

    mov %r0, 5
    add %r0, 1
    add %r0, 2
    add %r0, 3
    exit
