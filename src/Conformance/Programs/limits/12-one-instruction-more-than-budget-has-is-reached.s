# Rule: program/instructions
# Purpose: one instruction more than the budget has is reached
# Instructions: 2

    mov %r0, 5
    add %r0, 6
    exit
