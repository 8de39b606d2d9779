# Rule: program/budget
# Purpose: a helper call is within a budget of instructions
# Helpers: 0x20
# Instructions: 3

    mov %r0, 0
    call 0x20
    exit
