# Rule: program/instructions
# Purpose: exactly all instructions of the budget are executed
# Instructions: 3

    mov %r0, 5
    add %r0, 6
    exit
