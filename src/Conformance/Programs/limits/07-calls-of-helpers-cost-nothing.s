# Rule: program/helper-budget
# Purpose: calls of helpers cost nothing
# Helpers: 0x20

    mov %r6, 201
    mov %r7, 0
loop:
    call 0x20
    add %r7, %r6
    sub %r6, 1
    jne %r6, 0, loop
    mov %r0, %r7
    exit
