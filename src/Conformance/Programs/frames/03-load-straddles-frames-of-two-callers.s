# Rule: program/frames
# Purpose: a load straddles the frames of two callers

    mov %r1, %r10
    call local f
    exit
f:
    call local g
    exit
g:
    ldxdw %r0, [%r1-516]
    exit
