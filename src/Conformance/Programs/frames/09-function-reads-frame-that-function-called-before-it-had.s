# Rule: program/frames
# Purpose: a function reads the frame that a function called before it had

    call local f
    mov %r0, 7
    ldxb %r0, [%r1-1]
    exit
f:
    mov %r1, %r10
    stdw [%r10-8], 0x55
    ldxdw %r2, [%r10-8]
    exit
