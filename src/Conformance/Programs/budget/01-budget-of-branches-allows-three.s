# Rule: program/budget
# Purpose: a budget of {limit} branches allows three
# Branches: {limit}
# Each: limit
#       256
#       257
#       65536
#       65537
#       4294967296
#       4294967297

    mov %r0, 5
    ja +0
    ja +0
    ja +0
    exit
