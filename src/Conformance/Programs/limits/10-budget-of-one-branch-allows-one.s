# Rule: program/branches
# Purpose: a budget of one branch allows one
# Branches: 1

    mov %r0, 5
    ja +0
    exit
