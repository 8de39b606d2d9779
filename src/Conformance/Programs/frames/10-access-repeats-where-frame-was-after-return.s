# Rule: program/frames
# Purpose: an access repeats where a frame was, after the return

    mov %r6, 0
    call local f
    ldxdw %r0, [%r1-8]
    exit
f:
    mov %r1, %r10
    ldxdw %r0, [%r1-8]
    exit
