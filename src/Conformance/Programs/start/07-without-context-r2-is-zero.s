# Rule: program/start
# Purpose: without a context, r2 is zero

    mov %r0, %r2
    add %r0, 7
    exit
