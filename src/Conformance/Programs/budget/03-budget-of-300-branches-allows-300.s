# Rule: program/budget
# Purpose: a budget of 300 branches allows 300
# Branches: 300

    mov %r0, 0
    mov %r1, 301
loop:
    add %r0, %r1
    sub %r1, 1
    jne %r1, 0, loop
    exit
