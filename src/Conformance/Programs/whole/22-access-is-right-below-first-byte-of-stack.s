# Rule: program/initial-stack
# Purpose: the access is right below the first byte of the stack

    mov %r0, 7
    ldxb %r0, [%r10-513]
    exit
