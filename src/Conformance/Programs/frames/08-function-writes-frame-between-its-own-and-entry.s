# Rule: program/frames
# Purpose: a function writes a frame between its own and the entry's

    mov %r0, 0
    call local f
    exit
f:
    mov %r1, %r10
    call local g
    ldxdw %r0, [%r10-8]
    exit
g:
    stdw [%r1-8], 0x2b
    exit
