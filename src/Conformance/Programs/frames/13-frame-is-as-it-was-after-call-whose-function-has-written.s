# Rule: program/frames
# Purpose: a frame is as it was after a call whose function has written all of its own

    stdw [%r10-8], 0x123
    stdw [%r10-512], 0x4000
    call local f
    ldxdw %r0, [%r10-8]
    ldxdw %r1, [%r10-512]
    add %r0, %r1
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
