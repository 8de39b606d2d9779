# Rule: program/frames
# Purpose: r10 of each of three nested functions is 512 below that of its caller

    mov %r6, %r10
    mov %r0, 0
    mov %r1, %r10
    call local f
    exit
f:
    sub %r1, %r10
    mov %r0, %r1
    mov %r2, %r10
    call local g
    exit
g:
    sub %r2, %r10
    lsh %r2, 16
    add %r0, %r2
    mov %r3, %r10
    call local h
    exit
h:
    sub %r3, %r10
    lsh %r3, 32
    add %r0, %r3
    exit
