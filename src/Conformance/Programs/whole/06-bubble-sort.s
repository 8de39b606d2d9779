# Rule: program/bubble-sort
# Purpose: the bytes of the context are sorted, and read as a number
# Memory: hex 2a 07 ff 80 01 63 10 5c

    mov %r5, 7
outer:
    mov %r3, %r1
    mov %r4, %r5
inner:
    ldxb %r6, [%r3+0]
    ldxb %r7, [%r3+1]
    jle %r6, %r7, ordered
    stxb [%r3+0], %r7
    stxb [%r3+1], %r6
ordered:
    add %r3, 1
    sub %r4, 1
    jne %r4, 0, inner
    sub %r5, 1
    jne %r5, 0, outer
    ldxdw %r0, [%r1+0]
    exit
