# Rule: program/frames
# Purpose: the lowest byte of a frame is written and read

    mov %r0, 0
    call local f
    exit
f:
    stb [%r10-512], 0x2a
    ldxb %r0, [%r10-512]
    exit
