# Rule: program/frames
# Purpose: a function reads and writes the frame of its caller's caller

    stdw [%r10-8], 5
    mov %r1, %r10
    call local f
    ldxdw %r1, [%r10-16]
    add %r0, %r1
    exit
f:
    call local g
    exit
g:
    ldxdw %r0, [%r1-8]
    stdw [%r1-16], 0x30
    exit
