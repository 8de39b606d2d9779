# Rule: program/frames
# Purpose: a function reads the frames of all of its callers

    mov %r0, 0
    mov %r1, %r10
    stdw [%r10-8], 1
    call local f
    exit
f:
    mov %r2, %r10
    stdw [%r10-8], 0x20
    call local g
    exit
g:
    mov %r3, %r10
    stdw [%r10-8], 0x300
    call local h
    exit
h:
    ldxdw %r0, [%r1-8]
    ldxdw %r4, [%r2-8]
    add %r0, %r4
    ldxdw %r4, [%r3-8]
    add %r0, %r4
    exit
