# Rule: program/budget
# Purpose: a division by zero is not reached for want of instructions
# Instructions: 1

    mov %r0, 0
    div %r0, %r0
    exit
