# Rule: program/budget
# Purpose: a budget of 300 branches does not allow 301
# Branches: 300

    mov %r0, 0
    mov %r1, 302
loop:
    add %r0, %r1
    sub %r1, 1
    jne %r1, 0, loop
    exit
