# Rule: program/branches
# Purpose: a budget of no branches stops the first one
# Branches: 0

    mov %r0, 5
    ja +0
    exit
