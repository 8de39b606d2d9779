# Rule: program/start
# Purpose: without a context, r1 is zero

    mov %r0, %r1
    add %r0, 7
    exit
