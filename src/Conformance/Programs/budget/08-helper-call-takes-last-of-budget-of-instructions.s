# Rule: program/budget
# Purpose: a helper call takes the last of a budget of instructions
# Helpers: 0x20
# Instructions: 2

    mov %r0, 0
    call 0x20
    exit
