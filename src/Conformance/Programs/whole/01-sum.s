# Rule: program/sum
# Purpose: the bytes of the context are summed up in a loop
# Memory: 64 bytes from 11 by 37

    mov %r0, 0
    mov %r3, %r1
    add %r3, %r2
loop:
    ldxb %r4, [%r1+0]
    add %r0, %r4
    add %r1, 1
    jlt %r1, %r3, loop
    exit
