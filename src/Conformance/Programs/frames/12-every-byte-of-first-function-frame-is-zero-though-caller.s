# Rule: program/frames
# Purpose: every byte of the first function's frame is zero, though the caller has written all of its own

    mov %r1, %r10
    mov %r2, 64
fill:
    sub %r1, 8
    stdw [%r1+0], -1
    sub %r2, 1
    jne %r2, 0, fill
    call local g
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
