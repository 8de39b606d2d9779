# Rule: program/initial-stack
# Purpose: each of the 512 bytes of the stack is zero at the start

    mov %r3, %r10
    mov %r4, 64
loop:
    sub %r3, 8
    ldxdw %r5, [%r3+0]
    or %r0, %r5
    sub %r4, 1
    jne %r4, 0, loop
    add %r0, 7
    exit
