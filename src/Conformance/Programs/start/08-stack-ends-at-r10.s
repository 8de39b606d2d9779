# Rule: program/start
# Purpose: the stack ends at r10

    mov %r0, 7
    stxdw [%r10-8], %r0
    ldxdw %r0, [%r10-8]
    ldxb %r1, [%r10-1]
    add %r0, %r1
    exit
