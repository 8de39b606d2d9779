# Rule: program/reverse
# Purpose: the context is reversed in place
# Memory: hex 2a 07 ff 80 01 63 10 5c

    mov %r3, %r1
    add %r3, 7
    mov %r4, %r1
loop:
    ldxb %r5, [%r4+0]
    ldxb %r6, [%r3+0]
    stxb [%r4+0], %r6
    stxb [%r3+0], %r5
    add %r4, 1
    sub %r3, 1
    jlt %r4, %r3, loop
    ldxdw %r0, [%r1+0]
    exit
