# Rule: program/frames
# Purpose: every byte of a second function's frame is zero, though the first has written all of it

    call local f
    call local g
    exit
f:
    mov %r1, %r10
    mov %r2, 64
fill:
    sub %r1, 8
    stdw [%r1+0], -1
    sub %r2, 1
    jne %r2, 0, fill
    exit
g:
    mov %r0, 0
    mov %r1, %r10
    mov %r2, 64
sum:
    sub %r1, 8
    ldxdw %r3, [%r1+0]
    or %r0, %r3
    sub %r2, 1
    jne %r2, 0, sum
    add %r0, 9
    exit
