# Rule: program/branches
# Purpose: a budget of no branches lets straight code run
# Branches: 0

    mov %r0, 5
    add %r0, 6
    exit
